using System.Buffers;
using System.Reflection;
using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Generators.Tests.Runtime;

/// <summary>Hands each call straight to the method's own handler, with every payload through its codec as if it had travelled.</summary>
internal sealed class LoopbackInvoker(object service) : ContractInvoker
{
    public override async Task<TResponse> UnaryAsync<TContract, TRequest, TResponse>(
        UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken) =>
        Travel(method, "Response", await Handler<Func<TContract, TRequest, CancellationToken, Task<TResponse>>>(method)(
            (TContract)service, Travel(method, "Request", request), cancellationToken));

    public override IAsyncEnumerable<TItem> ServerStreamAsync<TContract, TRequest, TItem>(
        ServerStreamMethod<TContract, TRequest, TItem> method, TRequest request, CancellationToken cancellationToken) =>
        Travel(method, "Item", Handler<Func<TContract, TRequest, CancellationToken, IAsyncEnumerable<TItem>>>(method)(
            (TContract)service, Travel(method, "Request", request), cancellationToken));

    public override async Task<TResponse> ClientStreamAsync<TContract, TRequest, TItem, TResponse>(
        ClientStreamMethod<TContract, TRequest, TItem, TResponse> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken) =>
        Travel(method, "Response", await Handler<Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, Task<TResponse>>>(method)(
            (TContract)service, Travel(method, "Request", request), Travel(method, "Item", items), cancellationToken));

    public override IAsyncEnumerable<TResult> DuplexAsync<TContract, TRequest, TItem, TResult>(
        DuplexMethod<TContract, TRequest, TItem, TResult> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken) =>
        Travel(method, "Result", Handler<Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, IAsyncEnumerable<TResult>>>(method)(
            (TContract)service, Travel(method, "Request", request), Travel(method, "Item", items), cancellationToken));

    public override IFeed<TSnapshot, TChange> Feed<TContract, TRequest, TSnapshot, TChange>(
        FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request) =>
        Handler<Func<TContract, TRequest, IFeed<TSnapshot, TChange>>>(method)((TContract)service, Travel(method, "Request", request));

    private static async IAsyncEnumerable<T> Travel<T>(ContractMethod method, string codec, IAsyncEnumerable<T> items)
    {
        await foreach (var item in items)
        {
            yield return Travel(method, codec, item);
        }
    }

    private static T Travel<T>(ContractMethod method, string codec, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Inside<PayloadCodec<T>>(method, codec).Write(value, bytes);
        return Inside<PayloadCodec<T>>(method, codec).Read(bytes.WrittenSpan);
    }

    private static T Handler<T>(ContractMethod method) => Inside<T>(method, "Handler");

    // What a method holds is internal to the protocol assembly, which calls it through the session.
    private static T Inside<T>(ContractMethod method, string property) =>
        (T)method.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(method)!;
}
