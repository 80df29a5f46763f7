import Leibniz
import LeibnizTools
import XCTest

@testable import MicroGPTModel

final class TrainingTests: XCTestCase {
  private let names = [
    "ada", "bea", "cab", "dad", "abbe", "deb", "bad", "ace", "cade", "babe", "a",
  ]

  private func training(
    steps: Int = 100, batch: Int = 1, context: Int = 4, isEager: Bool
  ) throws -> Training {
    let corpus = try Corpus(names)
    var size = GPT.Size(vocabulary: corpus.vocabulary.count)
    (size.width, size.heads, size.context) = (4, 2, context)
    var generator = SeededGenerator(seed: 3)
    let model = GPT(size, using: &generator)
    var settings = Training.Settings()
    (settings.steps, settings.isEager) = (steps, isEager)
    return Training(
      of: model, on: corpus.batches(of: batch, context: context, using: &generator), settings)
  }

  private func losses(_ training: Training) throws -> [Double] {
    while training.step < training.settings.steps { try training.advance() }
    training.writeBack()
    return training.losses
  }

  func testEagerEqualsCompiled() throws {
    for batch in [1, 3] {
      let eager = try training(batch: batch, isEager: true)
      let compiled = try training(batch: batch, isEager: false)
      for (step, pair) in try zip(losses(eager), losses(compiled)).enumerated() {
        assertClose(pair.1, pair.0, relative: 1e-9, "step \(step) with batches of \(batch)")
      }
      for (x, y) in zip(eager.model.parameters, compiled.model.parameters) {
        assertClose(y.data, x.data, relative: 1e-9, floor: 1, "parameter")
      }
    }
  }

  func testTheLossFalls() throws {
    let losses = try losses(training(steps: 200, isEager: false))
    let (first, last) = (losses.prefix(20).reduce(0, +) / 20, losses.suffix(20).reduce(0, +) / 20)
    XCTAssertEqual(first, log(6.0), accuracy: 0.3)
    XCTAssertLessThan(last, 0.8 * first)
  }

  func testBatchesHoldEachDocumentOnceAndOneLengthEach() throws {
    let corpus = try Corpus(names)
    var generator = SeededGenerator(seed: 5)
    let batches = corpus.batches(of: 2, context: 4, using: &generator)
    for batch in batches { XCTAssertEqual(Set(batch.map { $0.count }).count, 1) }
    XCTAssertEqual(
      batches.joined().map { corpus.vocabulary.text($0) }.sorted(), names.sorted())
    XCTAssertEqual(batches.map { $0.count }.max(), 2)
    let short = corpus.batches(of: 2, context: 2, using: &generator)
    XCTAssertEqual(short.joined().map { $0.count }.max(), 3)  // the boundary and two characters
  }

  func testTheOrderOfBatchesFollowsTheSeed() throws {
    let corpus = try Corpus(names)
    func batches(seed: UInt64) -> [[ArraySlice<Int>]] {
      var generator = SeededGenerator(seed: seed)
      return corpus.batches(of: 2, context: 4, using: &generator)
    }
    XCTAssertEqual(batches(seed: 1), batches(seed: 1))
    XCTAssertNotEqual(batches(seed: 1), batches(seed: 2))
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "microgpt-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  func testResumingIsBitExact() throws {
    let vocabulary = try Corpus(names).vocabulary
    for isEager in [true, false] {
      let whole = try training(steps: 40, isEager: isEager)
      let first = try training(steps: 40, isEager: isEager)
      let second = try training(steps: 40, isEager: isEager)
      second.model.parameters[0].data = 7  // to be overwritten
      try withFile { path in
        for _ in 0..<15 { try first.advance() }
        try first.save(to: path, vocabulary)
        let checkpoint = try Checkpoint(contentsOf: path)
        XCTAssertEqual(checkpoint.size, first.model.size)
        XCTAssertEqual(checkpoint.vocabulary, vocabulary)
        try checkpoint.restore(second)
      }
      XCTAssertEqual(second.step, 15)
      XCTAssertEqual(try losses(whole), try losses(second))
      XCTAssertEqual(whole.model.parameters.map(\.data), second.model.parameters.map(\.data))
    }
  }

  func testACheckpointOfAnotherSizeChangesNothing() throws {
    let (small, large) = (
      try training(context: 4, isEager: true), try training(context: 5, isEager: true)
    )
    let before = large.model.parameters.map(\.data)
    try withFile { path in
      try small.save(to: path, Corpus(names).vocabulary)
      XCTAssertThrowsError(try Checkpoint(contentsOf: path).restore(large)) {
        XCTAssertEqual(
          $0 as? CheckpointError,
          .wrongShape(tensor: "position.weight", expected: [5, 4], found: [4, 4]))
      }
    }
    XCTAssertEqual(large.model.parameters.map(\.data), before)
  }

  func testACheckpointOfSizesThatItDoesNotHoldIsRefusedBeforeAModelIsBuilt() throws {
    let sizes = ["width": "1048576", "heads": "1", "layers": "1048576", "context": "1048576"]
    try withFile { path in
      let metadata = sizes.merging(["characters": "ab"]) { $1 }
      try Safetensors(tensors: [], metadata: metadata).write(to: path)
      XCTAssertThrowsError(try Checkpoint(contentsOf: path)) {
        XCTAssertEqual(
          $0 as? CheckpointError,
          .wrongMetadata(
            key: "characters, width, layers and context", found: "3, 1048576, 1048576, 1048576"))
      }
    }
  }

  func testTheNumberOfParametersFollowsFromTheSize() {
    var generator = SeededGenerator(seed: 1)
    for (width, layers, context) in [(4, 1, 3), (8, 3, 5), (12, 2, 1)] {
      var size = GPT.Size(vocabulary: 7)
      (size.width, size.layers, size.context) = (width, layers, context)
      let model = GPT(size, using: &generator)
      XCTAssertEqual(Double(model.parameters.count), size.parameterCount)
    }
  }

  func testACheckpointWithoutCharacters() throws {
    try withFile { path in
      try Safetensors(tensors: []).write(to: path)
      XCTAssertThrowsError(try Checkpoint(contentsOf: path)) {
        XCTAssertEqual(
          $0 as? CheckpointError, .wrongMetadata(key: "characters", found: nil))
      }
    }
  }
}
