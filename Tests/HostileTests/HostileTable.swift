import Testing

/// The rows of the table of hostile inputs against the clinic's real process; one after another, so
/// that each can compare what the store holds before and after.
@Suite(.serialized) struct HostileTable {}
