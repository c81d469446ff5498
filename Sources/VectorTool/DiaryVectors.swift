import Foundation

/// Writes the conformance vectors into a folder, or with `--examples` the examples of protocol.md.
@main
enum DiaryVectors {
    static func main() {
        do { try run() } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "--examples" {
            for example in try Examples.all() {
                print("```\(example.info)\n\(example.text)```\n")
            }
            return
        }
        let folder = URL(fileURLWithPath: arguments.first ?? "Tests/ConformanceVectors")
        for file in try VectorFiles.all() {
            try Data(file.bytes).write(
                to: folder.appendingPathComponent(file.name), options: .atomic)
        }
    }
}
