import Leibniz
import LeibnizTools
import XCTest

@testable import MicroGPTModel

final class TextTests: XCTestCase {
  private let vocabulary = Vocabulary(of: ["abc"])

  private func model() -> GPT {
    var size = GPT.Size(vocabulary: 4)
    (size.width, size.heads, size.context) = (4, 2, 6)
    var generator = SeededGenerator(seed: 1)
    return GPT(size, using: &generator)
  }

  private func sample(_ prompt: String, temperature: Double = 1, seed: UInt64) throws -> String {
    var generator = SeededGenerator(seed: seed)
    let tokens = try model().sample(
      after: vocabulary.tokens(beginning: prompt), boundary: vocabulary.boundary,
      temperature: temperature, using: &generator)
    return vocabulary.text(tokens)
  }

  func testSamplingFollowsTheSeed() throws {
    let samples = try (0..<8).map { try sample("", seed: $0) }
    XCTAssertEqual(samples, try (0..<8).map { try sample("", seed: $0) })
    XCTAssertGreaterThan(Set(samples).count, 1)
  }

  func testSamplesBeginWithThePromptAndEndWithTheContext() throws {
    for seed in 0..<20 {
      let text = try sample("ca", seed: UInt64(seed))
      XCTAssertTrue(text.hasPrefix("ca"), text)
      XCTAssertLessThanOrEqual(text.count, 6)
    }
  }

  func testColdSamplesAreTheLikeliest() throws {
    var tokens = [vocabulary.boundary]
    var cache: GPT.Cache<Double> = model().cache()
    while tokens.count < 6 {
      let logits = model()(tokens.last!, &cache)
      let next = logits.indices.max { logits[$0] < logits[$1] }!
      if next == vocabulary.boundary { break }
      tokens.append(next)
    }
    let text = try sample("", temperature: 1e-6, seed: 7)
    XCTAssertTrue(text.hasPrefix(vocabulary.text(tokens)), text)
  }

  func testAPromptThatIsTooLong() {
    XCTAssertNoThrow(try sample("aaaaa", seed: 1))
    XCTAssertThrowsError(try sample("aaaaaa", seed: 1)) {
      XCTAssertEqual($0 as? TextError, .promptTooLong(length: 6, limit: 5))
    }
  }

  func testTokens() throws {
    XCTAssertEqual(try vocabulary.tokens("cab"), [3, 2, 0, 1, 3])
    XCTAssertEqual(vocabulary.text([3, 2, 0, 1, 3]), "cab")
    XCTAssertThrowsError(try vocabulary.tokens("ax")) {
      XCTAssertEqual($0 as? TextError, .unknownCharacter("x", in: "ax", known: "abc"))
    }
  }

  func testDocumentsOfAFile() throws {
    let path = NSTemporaryDirectory() + "microgpt-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func read(_ bytes: [UInt8]) throws -> [String] {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try Corpus(contentsOf: path).documents
    }
    XCTAssertEqual(try read(Array("ada\r\n\n  bea \nzoë".utf8)), ["ada", "bea", "zoë"])
    let unusable: [(bytes: [UInt8], reason: String)] = [
      ([], "no document"), ([10, 32, 10], "no document"), ([0xff], "UTF-8"),
    ]
    for (bytes, reason) in unusable {
      XCTAssertThrowsError(try read(bytes)) { error in
        guard case FileError.malformed(path, line: nil, reason: let found) = error
        else { return XCTFail("\(error)") }
        XCTAssertTrue(found.contains(reason), found)
      }
    }
    _ = try read(Array("abc\ncab\nbad".utf8))
    XCTAssertThrowsError(try Corpus(contentsOf: path, vocabulary: vocabulary)) { error in
      XCTAssertEqual(
        "\(error)",
        "\(path): 'd' in 'bad' is not one of the characters of the training data: abc")
    }
    XCTAssertThrowsError(try Corpus(contentsOf: path + ".missing")) { error in
      guard case FileError.unreadable = error else { return XCTFail("\(error)") }
    }
  }
}
