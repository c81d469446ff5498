extension Site {
    /// The sites of a typed list `abdomen-L,abdomen-R,thigh-L`, numbered 1, 2 ...; nil if one is not understood.
    public static func list(typed: String) -> [Site]? {
        var sites: [Site] = []
        for part in typed.split(separator: ",", omittingEmptySubsequences: false) {
            guard var site = Site(typed: String(part)) else { return nil }
            site.id = PrintedText(String(sites.count + 1))
            sites.append(site)
        }
        return sites
    }

    /// A typed site: a region, perhaps `-L`, `-R` or `-mid`.
    public init?(typed: String) {
        let parts = typed.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.filter { $0 != " " } }
        guard (1...2).contains(parts.count), let name = parts.first,
            let region = Region.allCases.first(where: {
                $0.rawValue == name.lowercased()
                    || $0.rawValue.filter { $0 != "_" } == name.lowercased()
            })
        else { return nil }
        self.init(region)
        guard parts.count == 2, let word = parts.last?.lowercased() else { return }
        switch word {
        case "l", "left": side = .value(.left)
        case "r", "right": side = .value(.right)
        case "m", "mid", "middle": side = .value(.middle)
        default: return nil
        }
    }
}
