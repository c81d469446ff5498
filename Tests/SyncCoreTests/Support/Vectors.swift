import SyncCore
import Testing

/// Values made by another implementation (Python's hashlib and cryptography) from the texts of the
/// design, not by this module.
enum Vectors {
    /// The seed of RFC 8032, 7.1, test 1.
    static let seed: [UInt8] = [
        0x9D, 0x61, 0xB1, 0x9D, 0xEF, 0xFD, 0x5A, 0x60, 0xBA, 0x84, 0x4A, 0xF4, 0x92, 0xEC, 0x2C,
        0xC4, 0x44, 0x49, 0xC5, 0x69, 0x7B, 0x32, 0x69, 0x19, 0x70, 0x3B, 0xAC, 0x03, 0x1C, 0xAE,
        0x7F, 0x60,
    ]
    static let key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    static let nonce = "AAECAwQFBgcICQoLDA0ODw"
    static let diary = "VeNJF1fC6afGcMajRCwanQ"
    static let replica = "UWNHrChDnZdrSnm3YsJUgA"
    /// SHA-256 of `an envelope`.
    static let event = "HGE2Z6f8TEAuLnyaSVBmcWb1EOiSl5oOKvZjWlZho5w"
    static let fingerprint = "71512 14828 45547 86382 13295 11220"

    static let head =
        "eIdTqrjC387mDi_4N73Le6Jtn_TNrgZXzUCxhxnX0T1qXIXQ2HBrVQyFpGT-pOGjyQ2S0l2c3rZqkmBhMKDzAg"
    static let receipt =
        "MDXgRZdZP5GimVX4QhiMV-Jb2BnRQuovHq3R1bZwwqITc9ZIbCPL_alhZiNIhyYZk4mP0KuJ6efdUJvZ4LjNAQ"
    static let erasure =
        "UMNFldNZYpJY5LyzmYJlJQD6UCuYgeJYK27MI3Stg8ohonmWhlsvvj4xzmnts0dv1syIkdy0epZJPmoeJ6-GAA"
    /// The same with the group's order added to S.
    static let malleated =
        "UMNFldNZYpJY5LyzmYJlJQD6UCuYgeJYK27MI3Stg8oOdm_zoL5BFhXOxQzMrSaE1syIkdy0epZJPmoeJ6-GEA"
    static let continuation =
        "KF7rnMfYx6-jNtEUVf0Mon8IRaKyL1QxfqYBCxLRO9Fye5N0USvNgfdBxbozZmTZuyrib3CTDzpLJTJKnFR8DQ"
    static let enrolment =
        "hHyuqrBj-D8ZmKXJ6En7upPMhDhfcpqwRtCPBq75xif4ggAijcPZRVmguEkAYXZiyJhMuCH2cBQ8gK66dzcRBw"

    static let introduction = """
        {"body":{"salt":"AAAAAAAAAAAAAAAAAAAAAA","set":{"label":"phone"}},"event":{"at":{"ms":\
        1774775645000,"offset":60},"body":"hKeGUlHjAVxHTzhP-cs4mbtmxO9B36_gyMBohZoGzQk","context"\
        :[],"fields":["label"],"key":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kind":\
        "replica","nonce":"AAECAwQFBgcICQoLDA0ODw","replica":"UWNHrChDnZdrSnm3YsJUgA","seq":1}}
        """
    static let introductionID = "kgOE69JcVsK9VI0QSYGrjNm85VleDjBr0O3Y96NDQfE"
    private static let envelope = """
        "event":{"at":{"ms":-1,"offset":-1080},"body":\
        "60MI5upjej1ywS0x3gjaCSjPpFrgouLboJC5fUA4hu0","context":[],"fields":["note","status"],\
        "kind":"reaction","prev":"kgOE69JcVsK9VI0QSYGrjNm85VleDjBr0O3Y96NDQfE","replica":\
        "UWNHrChDnZdrSnm3YsJUgA","seq":2}}
        """
    static let entry = """
        {"body":{"about":{"reason":"read_again"},"salt":"_____________________w","set":{"note":\
        "café","status":"active"}},
        """ + envelope
    static let entryID = "jqImQDK3n5a3O8H_-aBzRDxqyxzQCUeYwboifOn_TJk"
    static let erasedEntry = """
        {"erased":"MZPPdI_fHimFpUDnfHuwX7H_Y6h79_7lvBwM4R4P38CMSyeDV715BP0IBAcLbkEJFv8lHuRc3FR4D\
        xje7BcRBQ",
        """ + envelope
}
