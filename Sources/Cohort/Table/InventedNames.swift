/// Names of people who do not exist.
enum InventedNames {
    static let first = [
        "Anna", "Ben", "Carla", "Dev", "Edith", "Farid", "Greta", "Hugo", "Iris", "Jonas",
        "Kirsi", "Leon", "Maya", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sami", "Tilda",
        "Umar", "Vera", "Wim", "Xenia", "Yusuf", "Zelda", "Alma", "Bruno", "Celia", "Dario",
        "Elin", "Franz", "Gilda", "Henk", "Ines", "Jarek", "Katya", "Lars", "Mina", "Noor",
    ]
    static let last = [
        "Appleyard", "Birchwood", "Coldstream", "Dunmere", "Elderfield", "Fairbourne", "Goldcrest",
        "Hartwell", "Inglewick", "Junivale", "Kestrelton", "Larkspur", "Merrowdown", "Northbeck",
        "Oakhanger", "Pennygate", "Quillfeather", "Rookhope", "Silverdale", "Thistlewood",
        "Underhay", "Vellacre", "Whitebeam", "Yarrowby", "Zennormoor", "Ashcombe", "Brackenhill",
        "Copperfold", "Dovecote", "Eastermead",
    ]
}
