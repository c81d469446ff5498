import DiaryDesk
import DiaryStore
import SyncClient
import SyncCore

extension DeviceHome {
    /// What the clinic last signed that it holds; nil before the first sync.
    func confirmed(in diary: DiaryID) throws -> ConfirmedFrontier? {
        try database.read { try ClinicLink.confirmation(of: diary, in: $0) }
    }
}
