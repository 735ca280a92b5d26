using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>The owner's key, where nothing goes without one.</summary>
internal static class OwnerKeys
{
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static OwnerKey RequireOwnerKey(this RoomsClientOptions options) =>
        options.OwnerKey ?? throw new InvalidOperationException($"There is no {nameof(RoomsClientOptions)}.{nameof(RoomsClientOptions.OwnerKey)}, under which own rooms' keys are kept.");
}
