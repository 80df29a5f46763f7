import ExampleSupport
import Leibniz
import LeibnizTools

// The course from x · x to a GPT: runs its chapters, or the solutions of their exercises.

@main
struct Course {
  static func main() async {
    await runExample { try await run() }
  }

  private static func run() async throws {
    var options = Options("course", "Runs a chapter of the course, or all of them.")
    let chapters = Chapter.all
    let number = options.integer(
      "chapter", default: 0, in: 0...chapters.count, "which chapter; 0 for all")
    let wantsSolution = options.flag("solution", "the solution of the exercise instead")
    let directory = options.text("directory", default: ".", "where pictures are written")
    try options.finish()

    for (place, chapter) in chapters.enumerated() where number == 0 || number == place + 1 {
      print("\(place + 1). \(chapter.title)")
      if wantsSolution {
        try await chapter.solution()
      } else {
        let picture = "\(directory)/\(chapter.slug).svg"
        try await chapter.program(picture)
        print("wrote \(picture)")
      }
      print()
    }
  }
}
