import Mutations
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class CheckpointTests: XCTestCase {
  private var path = ""

  override func setUp() {
    path = NSTemporaryDirectory() + "leibniz-\(UUID().uuidString).safetensors"
  }

  override func tearDown() { try? FileManager.default.removeItem(atPath: path) }

  /// A trainer with every kind of state: dropout, running statistics, moments, early stopping.
  private func trainer() -> Trainer<Sequential> {
    var generator = SeededGenerator(seed: 2)
    let model = Sequential([
      Layer(inputs: 2, outputs: 4, activation: .tanh, using: &generator), BatchNorm(features: 4),
      Dropout(rate: 0.2), Layer(inputs: 4, outputs: 1, using: &generator),
    ])
    let trainer = Trainer(model, optimizer: Adam(model.parameters, learningRate: 0.05), seed: 3) {
      hingeLoss(predicted: $0[0], expected: $1[0])
    }
    trainer.batchSize = 5
    trainer.isCorrect = { $0[0] * $1[0] > 0 }
    trainer.plateau = ReduceOnPlateau(factor: 0.5, patience: 0)
    trainer.earlyStopping = EarlyStopping(patience: 2)
    return trainer
  }

  private var data: Dataset {
    var generator = SeededGenerator(seed: 4)
    let points = (0..<23).map { _ in [generator.normal(), generator.normal()] }
    return try! Dataset(features: points, targets: points.map { $0[0] * $0[1] > 0 ? 1.0 : -1 })
  }

  private func numbers(_ trainer: Trainer<Sequential>) -> [UInt64] {
    trainer.model.tensors.flatMap(\.values).map(\.data.bitPattern)
      + trainer.optimizer.state.memory.map(\.bitPattern)
  }

  func testResumeIsExactAfterAnInterruptionAtAnyStep() throws {
    let parts = [data.subset(at: 0..<17), data.subset(at: 17..<23)]
    let whole = trainer()
    try whole.fit(parts[0], validation: parts[1], epochs: 4)
    for interruption in 1..<whole.progress.step {
      let first = trainer()
      first.afterStep = { if $0.progress.step == interruption { $0.stop() } }
      try first.fit(parts[0], validation: parts[1], epochs: 4)
      try first.save(to: path)
      let second = trainer()
      try second.load(from: path)
      XCTAssertEqual(second.progress.step, interruption)
      try second.fit(parts[0], validation: parts[1], epochs: 4)
      XCTAssert(numbers(second) == numbers(whole), "interrupted at step \(interruption)")
      XCTAssertEqual(second.history, whole.history)
      XCTAssertEqual(second.progress, whole.progress)
    }
  }

  func testLoadIsAllOrNothing() throws {
    let source = trainer()
    try source.fit(data, epochs: 2)
    try source.save(to: path)
    let target = trainer()
    let before = numbers(target)
    let whole = try Safetensors(contentsOf: path)
    func assertRefused(_ expected: CheckpointError, _ change: (inout Safetensors) -> Void) throws {
      var file = whole
      change(&file)
      try file.write(to: path)
      XCTAssertThrowsError(try target.load(from: path)) {
        XCTAssertEqual($0 as? CheckpointError, expected)
      }
      XCTAssertEqual(numbers(target), before)
      XCTAssertEqual(target.progress.step, 0)
    }
    try assertRefused(.missingTensor("3.bias")) { $0.tensors.removeAll { $0.name == "3.bias" } }
    try assertRefused(.unexpectedTensor("more")) {
      $0.tensors.append(.init(name: "more", shape: [1], values: [0]))
    }
    try assertRefused(.wrongShape(tensor: "0.weight", expected: [4, 2], found: [2, 4])) {
      $0.tensors[0].shape = [2, 4]
    }
    try assertRefused(.wrongMetadata(key: "generator", found: "x")) {
      $0.metadata["generator"] = "x"
    }
    // A batch of 9e18 would overflow when it is multiplied by the batch size.
    let wrong: [(Int, [Double])] = [
      (0, [-1, 0.5, .nan, .infinity, 9e15]), (1, [0.5, 9e18, 1e300, -1, 9e15]),
      (2, [-1, 9e18, .nan, 0]), (3, [-1, 9e18]), (4, [.nan, .infinity]),
      (5, [-0.5, .nan, .infinity]), (6, [-1, 9e18]), (7, [-1, .nan, .infinity]),
      (8, [.nan, -.infinity]), (9, [-1, 9e18]), (10, [.nan, -.infinity]), (11, [0.5, 9e18]),
    ]
    let counters = whole.tensors.firstIndex { $0.name == "training.progress" }!
    for (place, values) in wrong {
      for number in values {
        var file = whole
        file.tensors[counters].values[place] = number
        try file.write(to: path)
        XCTAssertThrowsError(try target.load(from: path), "\(place): \(number)") {
          guard case .wrongMetadata? = $0 as? CheckpointError else { return XCTFail("\($0)") }
        }
        XCTAssertEqual(numbers(target), before)
      }
    }
  }

  func testAnyMutatedFileIsTakenWholeOrChangesNothing() throws {
    let parts = [data.subset(at: 0..<17), data.subset(at: 17..<23)]
    let source = trainer()
    source.afterStep = { if $0.progress.step == 6 { $0.stop() } }
    try source.fit(parts[0], validation: parts[1], epochs: 2)
    let original = source.checkpoint().encoded()
    let target = trainer()
    try target.fit(parts[0], validation: parts[1], epochs: 1)
    let before = target.checkpoint()
    var generator = SeededGenerator(seed: 9)
    var taken = 0
    for round in 0..<20_000 {
      let bytes = mutated(original, using: &generator)
      do throws(CheckpointError) {
        // All of a load but to read the bytes from disk. Changes of numbers alone are taken.
        let file = try Safetensors(bytes: bytes)
        try target.restore(file)
        taken += 1
        assertSame(target.checkpoint(), file, "round \(round)")
        try target.restore(before)
      } catch {
        XCTAssert(target.checkpoint() == before, "round \(round): \(error)")
      }
    }
    XCTAssert((500..<10_000).contains(taken), "\(taken) files were taken")
  }

  /// Checks that a trainer holds what a file has; not-a-numbers stand for one another.
  private func assertSame(_ held: Safetensors, _ file: Safetensors, _ message: String) {
    XCTAssertEqual(held.tensors.map(\.name), file.tensors.map(\.name), message)
    for (held, found) in zip(held.tensors, file.tensors) {
      XCTAssert(
        held.values.elementsEqual(found.values) { $0 == $1 || $0.isNaN && $1.isNaN },
        "\(message): \(found.name)")
    }
    for key in ["generator", "order"] {
      XCTAssertEqual(held.metadata[key].map { UInt64($0) }, file.metadata[key].map { UInt64($0) })
    }
  }

  func testModelsAreSavedAlone() throws {
    let source = trainer().model, target = trainer().model
    for value in source.tensors.flatMap(\.values) { value.data += 1 / 3 }
    try source.save(to: path, metadata: ["made": "by a test"])
    try target.load(from: path)
    XCTAssertEqual(
      source.tensors.flatMap(\.values).map(\.data), target.tensors.flatMap(\.values).map(\.data))
    XCTAssertEqual(try Safetensors(contentsOf: path).metadata, ["made": "by a test"])
  }

  func testFilesThatCannotBeReachedAreNamed() throws {
    let model = trainer().model
    XCTAssertThrowsError(try model.save(to: path + ".folder/missing/model.safetensors")) {
      guard case .file(.unwritable) = $0 as? CheckpointError else { return XCTFail("\($0)") }
    }
    XCTAssertThrowsError(try model.load(from: path)) {
      guard case .file(.unreadable) = $0 as? CheckpointError else { return XCTFail("\($0)") }
    }
  }

  #if os(Linux)
    func testAWriteThatEndsHalfwayLeavesTheOldFile() throws {
      let model = trainer().model
      try model.save(to: path)
      let old = try Data(contentsOf: URL(fileURLWithPath: path))
      model.parameters[0].data += 1
      // No file may grow past a hundred bytes: the write stops as on a full disk.
      signal(SIGXFSZ, SIG_IGN)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      var limit = rlimit()
      getrlimit(resource, &limit)
      var small = limit
      small.rlim_cur = 100
      setrlimit(resource, &small)
      let result = Result { try model.save(to: path) }
      setrlimit(resource, &limit)
      XCTAssertThrowsError(try result.get())
      XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: path)), old)
    }
  #endif
}
