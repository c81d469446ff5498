import Foundation
import TestSupport

/// Copies of golden stores to work on; the goldens themselves are only read.
struct GoldenCopy {
    typealias Home = GoldenFolder.Home

    let folder: GoldenFolder
    let household: Household

    init(_ folder: GoldenFolder, _ homes: [Home]) throws {
        self.folder = folder
        household = try Household()
        household.now = try folder.now()
        for home in homes { try folder.unpack(home, to: directory(of: home), in: scratch) }
    }

    var scratch: Scratch { household.scratch }

    func directory(of home: Home) -> String { household.home(home.place) }
}

extension GoldenFolder.Home {
    /// Where the household looks for it.
    var place: Household.Place {
        switch self {
        case .device, .interrupted, .closed: .laptop
        case .phone: .phone
        case .copy: .copy
        case .clinic: .clinic
        }
    }
}
