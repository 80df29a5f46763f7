import Foundation
import Leibniz
import LeibnizTools

/// A format with files to damage and a reader to hold to its promises.
struct Subject {
  let name: String
  var ending = "bin"
  /// In how many rounds it is read once: more for what takes long.
  var interval = 1
  let samples: [[UInt8]]
  /// Reads a file and checks what it took.
  let read: (_ path: String) throws -> Void

  /// Every format.
  ///
  /// - Parameter folder: where undamaged files may be made.
  static func all(in folder: String, using generator: inout SeededGenerator) throws -> [Subject] {
    try [
      safetensors, labels, targets, idx, packed(in: folder), trainer(in: folder),
      minimizer(in: folder), try microGPT(in: folder, using: &generator),
    ].compactMap { $0 }
  }

  private static func expect(_ condition: Bool, _ promise: String) throws {
    if !condition { throw Finding(promise) }
  }

  private static var safetensors: Subject {
    Subject(
      name: "safetensors",
      samples: [
        Safetensors(
          tensors: [
            .init(
              name: "weight", shape: [2, 3],
              values: [1, -0.0, .infinity, .leastNonzeroMagnitude, 1 / 3, -2]),
            .init(name: "none", shape: [0, 4], values: []),
            .init(name: "näme \"x\"\n\\", shape: [], values: [7]),
          ], metadata: ["epoch": "3", "tab\t": "é🙂"]
        ).encoded(), Safetensors(tensors: []).encoded(),
      ]
    ) { path in
      let file = try Safetensors(contentsOf: path)
      for tensor in file.tensors {
        try expect(tensor.shape.reduce(1, *) == tensor.values.count, "a tensor fills its shape")
      }
      let again = try Safetensors(bytes: file.encoded())
      try expect(again.encoded() == file.encoded(), "what was read is written as it was")
    }
  }

  private static var labels: Subject {
    Subject(
      name: "CSV with labels",
      samples: [
        "0.5,1,-1\n-2,3e4,1\n4,5,0\n", "a,\"b, c\",\"the \"\"label\"\"\"\r\n\"1\" , 2,1\r\n\n3,4,0",
      ]
      .map { Array($0.utf8) }
    ) { path in
      let file = try CSVFile(contentsOf: path, labels: -1...1)
      try expect(file.labels.allSatisfy((-1...1).contains), "labels are in their range")
      try expect(file.labels.map { [Double($0)] } == file.targets, "targets are the labels")
      try check(file)
    }
  }

  private static var targets: Subject {
    Subject(
      name: "CSV with targets",
      samples: ["x;y;z\n1;2;3\n4;5e-9;6\n", "\"y\";z\n1;\"2\"\n"].map { Array($0.utf8) }
    ) { path in
      let file = try CSVFile(contentsOf: path, targets: ["y"], separator: ";")
      try expect(file.labels.isEmpty, "targets are no labels")
      try expect(
        file.featureNames.count == file.features[0].count,
        "each feature of a file with names has one"
      )
      try check(file)
    }
  }

  private static func check(_ file: CSVFile) throws {
    try expect(!file.features.isEmpty, "there are samples")
    try expect(file.features.count == file.targets.count, "each sample has targets")
    try expect(Set(file.features.map(\.count)).count == 1, "all samples are of one width")
    try expect((file.features + file.targets).joined().allSatisfy(\.isFinite), "numbers are finite")
  }

  private static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + (0..<12)

  private static var idx: Subject {
    Subject(
      name: "IDX",
      samples: [images, [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9], [0, 0, 8, 1, 0, 0, 0, 0]],
      read: readIDX)
  }

  /// As IDX, packed by gzip, where there are programs for it.
  private static func packed(in folder: String) throws -> Subject? {
    let path = "\(folder)/packed"
    try Data(images).write(to: URL(fileURLWithPath: path))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "command -v gunzip > /dev/null && gzip \"$0\"", path]
    try process.run()
    process.waitUntilExit()
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path + ".gz")) else { return nil }
    return Subject(name: "packed IDX", interval: 256, samples: [Array(bytes)], read: readIDX)
  }

  private static func readIDX(_ path: String) throws {
    let file = try IDXFile(contentsOf: path)
    try expect(file.shape.reduce(1, *) == file.bytes.count, "bytes fill their shape")
    try expect(file.samples().joined().allSatisfy((0...1).contains), "pixels are in 0...1")
  }
}
