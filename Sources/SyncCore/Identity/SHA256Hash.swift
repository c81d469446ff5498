internal import Crypto

/// SHA-256 (FIPS 180-4) over bytes at hand.
package enum SHA256Hash {
    package static func octets(of bytes: some Collection<UInt8>) -> [UInt8] {
        var hash = SHA256()
        let done: Void? = bytes.withContiguousStorageIfAvailable {
            hash.update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if done == nil { Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) } }
        return Array(hash.finalize())
    }
}
