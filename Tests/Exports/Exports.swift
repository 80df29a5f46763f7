import Leibniz
import LeibnizTools

// Writes programs in all forms that they are exported in, with the numbers that Leibniz computes, for
// other engines to be held against.
//
//     Exports DIRECTORY

@main
struct Exports {
  static func main() throws {
    let directory = CommandLine.arguments.dropFirst().first ?? "."
    for exported in try ExportedCase.all() {
      try exported.write(to: directory)
      print(exported.name)
      if CommandLine.arguments.count > 2 { print(exported.program.graph.gradientDescription) }
    }
  }
}
