import Foundation
import SeededRandom
import TestSupport

/// What a disk would hold if the power went now.
///
/// Assumed, and no more: bytes of a file are there once a wait for that file has ended; of what was
/// written since, any blocks of 512 or 4096 bytes may be there or not, and the length may be the old or
/// the new one. A name is there once its directory was waited for; waiting for the file alone does
/// not keep its name, although ext4 and XFS would. Of the later changes of names the first so many, in
/// their order, may be there; one `rename` is there wholly or not at all, as every file system with a
/// journal has it. A disk that waits for nothing it is told to wait for is not defended against.
final class PoweredDisk {
    /// A file or directory, whatever names it has.
    final class Node {
        let isDirectory: Bool
        var live: [UInt8] = []
        var durable: [UInt8] = []
        var pending: [Change] = []
        var children: [String: Node] = [:]
        var durableChildren: [String: Node] = [:]

        init(isDirectory: Bool) { self.isDirectory = isDirectory }
    }

    enum Change {
        case write(at: Int, bytes: ArraySlice<UInt8>)
        case truncate(Int)
    }

    /// Names that change together.
    struct Names {
        var changes: [(directory: Node, name: String, node: Node?)]

        func touches(_ nodes: [Node]) -> Bool {
            changes.contains { change in nodes.contains { $0 === change.directory } }
        }
    }

    private let root = Node(isDirectory: true)
    private let top: String
    private var nodes: [UInt: Node] = [:]
    private var pending: [Names] = []

    /// - Parameter top: the directory that is there for certain; all is below it.
    init(below top: String) { self.top = top }

    // MARK: What happens

    func apply(_ record: DiskJournal.Record) throws {
        switch record {
        case .create(let inode, let path, let isDirectory):
            let node = Node(isDirectory: isDirectory)
            nodes[inode] = node
            try change([(path, node)])
        case .write(let inode, let offset, let bytes):
            guard let node = nodes[inode] else { throw Unexpected("a write to no file") }
            let written = Change.write(at: offset, bytes: bytes)
            Self.apply(written, to: &node.live)
            node.pending.append(written)
        case .truncate(let inode, let length):
            guard let node = nodes[inode] else { throw Unexpected("a cut of no file") }
            Self.apply(.truncate(length), to: &node.live)
            node.pending.append(.truncate(length))
        case .rename(let from, let to): try change([(to, try node(from)), (from, nil)])
        case .exchange(let one, let other):
            try change([(one, try node(other)), (other, try node(one))])
        case .link(let from, let to): try change([(to, try node(from))])
        case .unlink(let path): try change([(path, nil)])
        case .sync(let inode):
            guard let node = inode == 0 ? nil : nodes[inode] else {
                // The directory above all is there without having been made.
                keepNames(of: root)
                return
            }
            if node.isDirectory { keepNames(of: node) }
            node.durable = node.live
            node.pending = []
        case .mark: break
        }
    }

    private func place(_ path: String) throws -> (Node, String) {
        guard path.hasPrefix(top + "/") else { throw Unexpected("not on the disk: \(path)") }
        let parts = path.dropFirst(top.count + 1).split(separator: "/").map(String.init)
        guard let name = parts.last else { throw Unexpected("no name: \(path)") }
        var directory = root
        for part in parts.dropLast() {
            guard let next = directory.children[part] else {
                throw Unexpected("no directory: \(path)")
            }
            directory = next
        }
        return (directory, name)
    }

    private func node(_ path: String) throws -> Node {
        let (directory, name) = try place(path)
        guard let node = directory.children[name] else { throw Unexpected("no file: \(path)") }
        return node
    }

    private func change(_ changes: [(path: String, node: Node?)]) throws {
        let names = Names(
            changes: try changes.map { change in
                let (directory, name) = try place(change.path)
                return (directory, name, change.node)
            })
        for change in names.changes { change.directory.children[change.name] = change.node }
        pending.append(names)
    }

    /// Makes the names in a directory durable, with those that changed together with them.
    private func keepNames(of directory: Node) {
        var reached = [directory]
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for names in pending where names.touches(reached) {
                for change in names.changes
                where !reached.contains(where: { $0 === change.directory }) {
                    reached.append(change.directory)
                    isGrowing = true
                }
            }
        }
        for names in pending where names.touches(reached) {
            for change in names.changes {
                change.directory.durableChildren[change.name] = change.node
            }
        }
        pending.removeAll { $0.touches(reached) }
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .write(let offset, let written):
            if bytes.count < offset + written.count {
                bytes += [UInt8](repeating: 0, count: offset + written.count - bytes.count)
            }
            bytes.replaceSubrange(offset..<(offset + written.count), with: written)
        case .truncate(let length):
            if length < bytes.count {
                bytes.removeLast(bytes.count - length)
            } else {
                bytes += [UInt8](repeating: 0, count: length - bytes.count)
            }
        }
    }

    // MARK: What is left of it

    enum Fate: CaseIterable {
        /// All that was not waited for is gone.
        case allLost
        /// Names have changed, and the bytes of no file.
        case namesOnly
        /// Some blocks, names and lengths are there.
        case some
        /// Blocks are there, and lengths are not.
        case shortened
    }

    /// The files that are there, by their paths below the top; directories have no bytes.
    func image(_ fate: Fate, _ random: inout SplitMix64) -> [String: [UInt8]?] {
        var names: [ObjectIdentifier: [String: Node]] = [:]
        let count =
            switch fate {
            case .allLost: 0
            case .namesOnly: pending.count
            case .some, .shortened: Int.random(in: 0...pending.count, using: &random)
            }
        for change in pending.prefix(count).flatMap(\.changes) {
            let id = ObjectIdentifier(change.directory)
            names[id, default: change.directory.durableChildren][change.name] = change.node
        }
        var files: [String: [UInt8]?] = [:]
        func add(_ directory: Node, _ prefix: String) {
            let children = names[ObjectIdentifier(directory)] ?? directory.durableChildren
            for (name, node) in children.sorted(by: { $0.key < $1.key }) {
                if node.isDirectory {
                    files[prefix + name] = .some(nil)
                    add(node, prefix + name + "/")
                } else if !name.hasSuffix("-shm") {
                    // What readers share is in memory only, and whoever opens the store first makes it anew.
                    files[prefix + name] = Self.bytes(of: node, fate, &random)
                }
            }
        }
        add(root, "")
        return files
    }

    private static func bytes(
        of node: Node, _ fate: Fate, _ random: inout SplitMix64
    ) -> [UInt8] {
        guard fate == .some || fate == .shortened else { return node.durable }
        var bytes = node.durable
        let block = Bool.random(using: &random) ? 512 : 4096
        for change in node.pending {
            switch change {
            case .truncate: if Bool.random(using: &random) { apply(change, to: &bytes) }
            case .write(let offset, let written):
                var start = offset
                while start < offset + written.count {
                    let end = min((start / block + 1) * block, offset + written.count)
                    let part = written.dropFirst(start - offset).prefix(end - start)
                    if Bool.random(using: &random) {
                        apply(.write(at: start, bytes: part), to: &bytes)
                    }
                    start = end
                }
            }
        }
        if fate == .shortened, bytes.count > node.durable.count {
            bytes.removeLast(bytes.count - node.durable.count)
        }
        return bytes
    }
}
