using System.Text.Json.Serialization;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>How the types of <c>loop.rooms/1</c> and <c>loop.timeline/1</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RoomRef))]
[JsonSerializable(typeof(CreateRoom))]
[JsonSerializable(typeof(RoomInfo))]
[JsonSerializable(typeof(KeyedSnapshot<RoomInfo>))]
[JsonSerializable(typeof(KeyedChange<string, RoomInfo>))]
[JsonSerializable(typeof(UpdateRoom))]
[JsonSerializable(typeof(DeleteRooms))]
[JsonSerializable(typeof(DeletedRooms))]
[JsonSerializable(typeof(JoinRoom))]
[JsonSerializable(typeof(JoinedRoom))]
[JsonSerializable(typeof(RoomLease))]
[JsonSerializable(typeof(ParticipantInfo))]
[JsonSerializable(typeof(KeyedSnapshot<ParticipantInfo>))]
[JsonSerializable(typeof(KeyedChange<string, ParticipantInfo>))]
[JsonSerializable(typeof(KickParticipant))]
[JsonSerializable(typeof(TransferRoom))]
[JsonSerializable(typeof(RotateRoom))]
[JsonSerializable(typeof(AnnounceMember))]
[JsonSerializable(typeof(MembersQuery))]
[JsonSerializable(typeof(MemberInfo))]
[JsonSerializable(typeof(NoticesQuery))]
[JsonSerializable(typeof(KeyNotice))]
[JsonSerializable(typeof(AppendEntry))]
[JsonSerializable(typeof(EditEntry))]
[JsonSerializable(typeof(EntryRef))]
[JsonSerializable(typeof(EntryReceipt))]
[JsonSerializable(typeof(PageQuery))]
[JsonSerializable(typeof(EntriesPage))]
[JsonSerializable(typeof(EntriesChange))]
[JsonSerializable(typeof(SendSignal))]
[JsonSerializable(typeof(SealedSignal))]
public sealed partial class RoomsJson : JsonSerializerContext;
