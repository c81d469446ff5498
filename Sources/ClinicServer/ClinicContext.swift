internal import Hummingbird
internal import Logging
internal import NIOCore

/// What the clinic's routes know of a request beside the request itself.
struct ClinicContext: RequestContext, RemoteAddressContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address, for counting attempts; never logged.
    let remoteAddress: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "-"
    }
}

/// A context that knows where a request comes from.
protocol RemoteAddressContext {
    var remoteAddress: String { get }
}
