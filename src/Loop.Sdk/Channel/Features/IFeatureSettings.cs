namespace Loop.Sdk;

/// <summary>
/// The settings of a feature, such as rooms, that are kept in <see cref="ChannelClientOptions.Feature"/> and given to the feature by <see cref="FeatureContext.Settings"/>. They are checked
/// together with the channel's own.
/// </summary>
public interface IFeatureSettings
{
    /// <summary>Copies the settings, so that later changes have no effect.</summary>
    IFeatureSettings Copy();

    /// <summary>Says what is missing or out of its range; nothing if all is sound.</summary>
    IEnumerable<string> Validate();
}
