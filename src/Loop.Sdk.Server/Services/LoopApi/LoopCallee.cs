namespace Loop.Sdk.Server.LoopApi;

/// <summary>Whom a caller wants to reach.</summary>
/// <param name="Id">A name, such as an e-mail address, in lower case; or a telephone number, as it was given.</param>
/// <param name="IsPhoneNumber">Whether it is a telephone number.</param>
/// <param name="MobileCountryCode">With a telephone number, the mobile country code of the caller's network, or null.</param>
public sealed record LoopCallee(string Id, bool IsPhoneNumber = false, string? MobileCountryCode = null);
