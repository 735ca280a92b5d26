using Loop.Sdk;
using UserAgentWindow;

if (args is ["tour"])
{
    await Tour.RunAsync();
    return 0;
}

if (WindowArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(WindowArguments.Usage);
    return 2;
}

try
{
    await using var window = await Window.OpenAsync(arguments, Console.Out);
    await window.RunAsync(Console.In);
    return 0;
}
catch (LoopException refusal)
{
    Console.Error.WriteLine($"{refusal.Code}: {refusal.Message}");
    return 1;
}
