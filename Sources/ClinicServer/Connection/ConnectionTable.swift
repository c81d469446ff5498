internal import NIOCore
internal import Synchronization

/// All open connections, so that too many cost those who keep the clinic waiting longest.
///
/// Whoever refuses new connections when all places are taken lets a few slow ones keep out everybody.
/// Here a new one takes the place of the one that has been waited for longest: one without a complete
/// header, or whose body does not end. A request that is being answered is never cut off.
final class ConnectionTable: Sendable {
    /// One place; the order in which they were given stands for age.
    struct Ticket: Hashable, Sendable { fileprivate let number: Int }

    private struct Entry {
        let channel: any Channel
        /// Since when it is waited for; nil while it waits for us.
        var waitedForSince: Int?
    }

    private struct Table {
        var entries: [Int: Entry] = [:]
        /// Those waited for, oldest first; entries that have moved on are stepped over later.
        var queue: [(number: Int, since: Int)] = []
        var first = 0
        var moment = 0

        mutating func wait(for number: Int) {
            moment += 1
            entries[number]?.waitedForSince = moment
            queue.append((number, moment))
            // What was stepped over or has moved on goes, before it outgrows what is there.
            guard queue.count - first > 2 * entries.count + 64 || first > 4096 else { return }
            queue = queue[first...].filter { entries[$0.number]?.waitedForSince == $0.since }
            first = 0
        }

        /// The connection that is waited for longest, taken out of the table.
        mutating func removeOldest() -> (any Channel)? {
            while first < queue.count {
                let next = queue[first]
                first += 1
                guard let entry = entries[next.number], entry.waitedForSince == next.since else {
                    continue
                }
                entries[next.number] = nil
                return entry.channel
            }
            return nil
        }
    }

    private let limit: Int
    private let table = Mutex(Table())

    init(limit: Int) { self.limit = limit }

    /// Gives a new connection a place, if need be that of the one waited for longest.
    ///
    /// - Returns: nil if every place is taken by a request that is being answered.
    func open(_ channel: any Channel) -> Ticket? {
        let (ticket, displaced) = table.withLock { table -> (Ticket?, (any Channel)?) in
            var displaced: (any Channel)?
            if table.entries.count >= limit {
                displaced = table.removeOldest()
                if displaced == nil { return (nil, nil) }
            }
            table.moment += 1
            let number = table.moment
            table.entries[number] = Entry(channel: channel)
            table.wait(for: number)
            return (Ticket(number: number), displaced)
        }
        displaced?.close(promise: nil)
        return ticket
    }

    /// From now on the connection is waited for: for a header, or for a body.
    func wait(for ticket: Ticket) {
        table.withLock { table in
            if table.entries[ticket.number] != nil { table.wait(for: ticket.number) }
        }
    }

    /// From now on the connection waits for us.
    func work(on ticket: Ticket) {
        table.withLock { $0.entries[ticket.number]?.waitedForSince = nil }
    }

    func close(_ ticket: Ticket) { table.withLock { $0.entries[ticket.number] = nil } }
}

/// The place of one connection, given back when it closes.
struct ConnectionPlace: Sendable {
    private let table: ConnectionTable
    private let ticket: ConnectionTable.Ticket

    /// - Returns: nil if there is no place.
    init?(for channel: any Channel, in table: ConnectionTable) {
        guard let ticket = table.open(channel) else { return nil }
        self.table = table
        self.ticket = ticket
        channel.closeFuture.whenComplete { _ in table.close(ticket) }
    }

    /// From now on the connection is waited for: for a header, or for a body.
    func wait() { table.wait(for: ticket) }

    /// From now on the connection waits for us.
    func work() { table.work(on: ticket) }
}
