import XCTest

@testable import ExampleSupport

final class OptionsTests: XCTestCase {
  func testBothFormsAndDefaults() throws {
    var options = Options("x", "", arguments: ["--steps", "7", "--noise=-0.5", "--quiet"])
    XCTAssertEqual(options.integer("steps", default: 100, ""), 7)
    XCTAssertEqual(options.number("noise", default: 0.1, in: -1...1, ""), -0.5)
    XCTAssertEqual(options.text("output", default: "a.svg", ""), "a.svg")
    XCTAssertNil(options.text("data", ""))
    XCTAssertTrue(options.flag("quiet", ""))
    XCTAssertFalse(options.flag("loud", ""))
    XCTAssertNoThrow(try options.finish())
  }

  func testWrongOptionsSayWhatWouldBeRight() {
    let cases = [
      (["--steps", "many"], "--steps takes a whole number, not 'many'."),
      (["--steps=-3"], "--steps takes a number from 1 to 9, not -3."),
      (["--steps"], "--steps needs a value."),
      (["--steps", "--noise", "1"], "--steps needs a value."),
      (["--noise", "nan"], "--noise takes a number, not 'nan'."),
      (["--noise", "1e9"], "--noise takes a number from 0.0 to 1.0, not 1e9."),
      (
        ["--stpes", "3"],
        "'--stpes' is not an option of x. There are --steps, --noise, --quiet, --help."
      ),
      (["--steps", "5", "--steps", "6"], "--steps is given twice."),
      (["--steps=5", "--noise", "1", "--steps", "x"], "--steps is given twice."),
      (["--quiet", "--quiet"], "--quiet is given twice."),
      (["more"], "'more' is not an option of x. There are --steps, --noise, --quiet, --help."),
    ]
    for (arguments, message) in cases {
      var options = Options("x", "", arguments: arguments)
      _ = options.integer("steps", default: 5, in: 1...9, "")
      _ = options.number("noise", default: 0, in: 0...1, "")
      _ = options.flag("quiet", "")
      XCTAssertThrowsError(try options.finish()) { XCTAssertEqual("\($0)", message) }
    }
  }

  func testChoices() {
    var options = Options("x", "", arguments: ["--schedule", "cosine", "--optimizer", "adma"])
    XCTAssertEqual(
      options.choice("schedule", default: "none", of: ["none", "cosine"], ""), "cosine")
    XCTAssertEqual(options.choice("optimizer", default: "sgd", of: ["sgd", "adam"], ""), "sgd")
    XCTAssertThrowsError(try options.finish()) {
      XCTAssertEqual("\($0)", "--optimizer takes one of sgd, adam, not 'adma'.")
    }
  }

  func testHelpListsEveryOptionWithItsDefault() {
    var options = Options("x", "Does x.", arguments: [])
    _ = options.integer("steps", default: 5, "steps of descent")
    _ = options.text("save", "a checkpoint")
    _ = options.text("prompt", "how it begins", placeholder: "TEXT")
    _ = options.flag("quiet", "no output")
    XCTAssertEqual(
      options.helpText,
      """
      Does x.

      usage: swift run -c release x [options]
        --steps N      steps of descent (5)
        --save FILE    a checkpoint
        --prompt TEXT  how it begins
        --quiet        no output
      """)
  }
}
