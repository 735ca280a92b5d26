namespace Loop.Sdk.Server.Storage;

/// <summary>The rooms' tables. <c>change</c> is an offset: of the owner's feed in rooms and tombstones, of the timeline in entries.</summary>
internal static class RoomMigrations
{
    public static IReadOnlyList<SqliteMigration> All { get; } = [new(1, Rooms + Members + Timelines), new(2, Service)];

    private const string Rooms = """
        CREATE TABLE store(id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL) STRICT;
        INSERT INTO store VALUES (1, lower(hex(randomblob(16))));
        CREATE TABLE owners(account TEXT PRIMARY KEY, head INTEGER NOT NULL, floor INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE rooms(
            token TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, change INTEGER NOT NULL, version INTEGER NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL, expires INTEGER NOT NULL, max_size INTEGER NOT NULL, locked INTEGER NOT NULL,
            room_name TEXT, owner_name TEXT, channel TEXT,
            context TEXT, context_algorithm TEXT, context_version INTEGER, context_author TEXT, wrapped_key TEXT, epoch INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX rooms_by_owner ON rooms(owner, change);
        CREATE INDEX rooms_by_expiry ON rooms(expires, token);
        CREATE TABLE tombstones(
            owner TEXT NOT NULL, change INTEGER NOT NULL, token TEXT NOT NULL, deleted INTEGER NOT NULL, PRIMARY KEY (owner, change)) STRICT, WITHOUT ROWID;
        CREATE INDEX tombstones_by_age ON tombstones(deleted);
        CREATE TABLE participants(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, id TEXT NOT NULL, user TEXT NOT NULL, session TEXT NOT NULL,
            display_name TEXT NOT NULL, client_max_size INTEGER NOT NULL, joined INTEGER NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (room, id), UNIQUE (room, user, session)) STRICT, WITHOUT ROWID;
        CREATE INDEX participants_by_expiry ON participants(expires, room, id);

        """;

    private const string Members = """
        CREATE TABLE members(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, epoch INTEGER NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL,
            version INTEGER NOT NULL, announcement BLOB NOT NULL, PRIMARY KEY (room, epoch, id)) STRICT;
        CREATE TABLE guests(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, id TEXT NOT NULL, secret_hash BLOB NOT NULL,
            created INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (room, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX guests_by_expiry ON guests(expires);
        CREATE TABLE notices(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, member TEXT NOT NULL, epoch INTEGER NOT NULL, author TEXT NOT NULL,
            payload BLOB NOT NULL, PRIMARY KEY (room, member, epoch)) STRICT, WITHOUT ROWID;

        """;

    private const string Timelines = """
        CREATE TABLE timelines(
            room TEXT PRIMARY KEY REFERENCES rooms(token) ON DELETE CASCADE, last INTEGER NOT NULL, head INTEGER NOT NULL, last_time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE entries(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, sequence INTEGER NOT NULL, id TEXT NOT NULL, change INTEGER NOT NULL,
            author TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, payload BLOB NOT NULL, reply_to INTEGER,
            created INTEGER NOT NULL, edited INTEGER, version INTEGER NOT NULL, deleted INTEGER NOT NULL,
            UNIQUE (room, sequence), UNIQUE (room, change), UNIQUE (room, author, key)) STRICT;
        """;

    private const string Service = """
        ALTER TABLE rooms ADD COLUMN fixed_expiry INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE participants ADD COLUMN member TEXT;
        CREATE TABLE bars(
            room TEXT NOT NULL REFERENCES rooms(token) ON DELETE CASCADE, user TEXT NOT NULL, PRIMARY KEY (room, user)) STRICT, WITHOUT ROWID;
        CREATE INDEX members_by_id ON members(room, id, epoch);
        CREATE INDEX entries_by_age ON entries(created, room, sequence);
        """;
}
