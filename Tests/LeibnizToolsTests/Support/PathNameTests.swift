import XCTest

@testable import LeibnizTools

final class PathNameTests: XCTestCase {
  func testStemAndEnding() {
    func assert(_ path: String, _ stem: String, _ ending: String) {
      XCTAssertTrue(stemAndEnding(of: path) == (stem, ending), path)
    }
    assert("moons.svg", "moons", "svg")
    assert("runs.old/moons", "moons", "")
    assert("/a/b.tar.gz", "b.tar", "gz")
    assert("runs/.hidden", ".hidden", "")
    assert("name.", "name", "")
    assert("", "", "")
  }
}
