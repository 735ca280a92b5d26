using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>Frames that are not counted, and acknowledgement.</summary>
internal sealed partial class Session
{
    private const int MaxControl = 64;

    private Queue<byte[]>? _control;
    private bool _ackDue;

    /// <summary>Sends new credentials on the live connection.</summary>
    public void SendAuth(Credentials credentials) => Control(ControlFrames.Write(credentials));

    /// <summary>Answers to new credentials, or warns of their expiry.</summary>
    public void SendAuthResult(AuthResult result) => Control(ControlFrames.Write(result));

    /// <summary>Says that the connection is about to end.</summary>
    public void SendGoAway(GoAway goAway) => Control(ControlFrames.Write(goAway));

    private void ProcessControl(in Frame frame)
    {
        var body = frame.Body;
        switch (frame.Kind)
        {
            case FrameKind.Ack:
                Acknowledge(FrameReader.TakeVarint(ref body));
                break;
            case FrameKind.Ping:
                var token = FrameReader.TakeVarint(ref body);
                Acknowledge(FrameReader.TakeVarint(ref body));
                Control(FrameWriter.Create(FrameKind.Pong, token, Received));
                break;
            case FrameKind.Pong:
                FrameReader.TakeVarint(ref body);
                Acknowledge(FrameReader.TakeVarint(ref body));
                lock (_gate)
                {
                    _pingSentAt = 0;
                }

                break;
            case FrameKind.Auth when _side == SessionSide.Server:
                _events.OnAuth(ControlFrames.Read(body, ControlJson.Default.Credentials));
                break;
            case FrameKind.AuthResult when _side == SessionSide.Client:
                _events.OnAuthResult(ControlFrames.Read(body, ControlJson.Default.AuthResult));
                break;
            case FrameKind.GoAway:
                _events.OnGoAway(ControlFrames.ReadGoAway(body));
                break;
            default:
                if ((frame.Flags & FrameFlags.Ignorable) == 0)
                {
                    throw new LoopException(ErrorCodes.ProtocolError, $"A frame of kind {(int)frame.Kind} is not expected here.");
                }

                break;
        }
    }

    private void Acknowledge(ulong position)
    {
        lock (_gate)
        {
            if (!_log.Acknowledge(position))
            {
                throw new LoopException(ErrorCodes.ProtocolError, "The peer acknowledges what was never sent.");
            }
        }
    }

    private void Control(byte[] frame)
    {
        Signal signal;
        lock (_gate)
        {
            // A peer that does not read what it asked for loses the answers, not our memory.
            if (!_attached || _control is { Count: >= MaxControl })
            {
                return;
            }

            (_control ??= new()).Enqueue(frame);
            signal = Poll();
        }

        Raise(signal);
    }
}
