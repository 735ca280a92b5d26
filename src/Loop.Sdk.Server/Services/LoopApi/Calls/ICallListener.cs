namespace Loop.Sdk.Server.LoopApi;

/// <summary>A device that is connected to a call.</summary>
internal interface ICallListener
{
    CallParty Party { get; }


    /// <summary>Tells the device something, in order. Does not wait.</summary>
    void Tell(CallNews news);
}
