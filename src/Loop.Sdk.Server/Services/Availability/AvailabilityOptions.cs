namespace Loop.Sdk.Server.Availability;

/// <summary>How availability behaves. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class AvailabilityOptions
{
    /// <summary>
    /// Says which application a session belongs to: an id of 1 to 128 visible ASCII characters, or null for a session that is no application's, which is what all are by default. An
    /// application is no account.
    /// </summary>
    public Func<LoopSession, string?>? ApplicationOf { get; set; }

    /// <summary>Whether there is an application with this id, which accounts may grant. Null (default): whatever it is.</summary>
    public Func<string, bool>? IsApplication { get; set; }

    /// <summary>How many applications an account may grant. 1 to 10 000; 100 by default.</summary>
    public int MaxGrants { get; set; } = 100;

    /// <summary>Characters of an account's own text. 1 to 1 000; 200 by default.</summary>
    public int MaxText { get; set; } = 200;
}
