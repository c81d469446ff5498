import DiaryDesk
import DiaryStore
import SyncCore

/// What the clinic last confirmed: the frontier its receipt covers, and when.
struct Confirmation {
    let frontier: VectorClock
    let receipt: Receipt
    /// By this device's clock, in milliseconds.
    let heard: Int64

    static let setting = "confirmed"

    init(frontier: VectorClock, receipt: Receipt, heard: Int64) {
        self.frontier = frontier
        self.receipt = receipt
        self.heard = heard
    }

    var json: JSONValue {
        ["frontier": frontier.json, "heard": .integer(heard), "receipt": receipt.json]
    }

    init?(json: JSONValue) {
        guard let frontier = json["frontier"].flatMap(VectorClock.init(json:)),
            let receipt = json["receipt"].flatMap(Receipt.init(json:)),
            let heard = json["heard"]?.integerValue
        else { return nil }
        self.init(frontier: frontier, receipt: receipt, heard: heard)
    }
}

extension DeviceHome {
    func confirmed(in diary: DiaryID) throws -> Confirmation? {
        try database.read {
            try $0.setting(Confirmation.setting, in: diary).flatMap(Confirmation.init(json:))
        }
    }
}
