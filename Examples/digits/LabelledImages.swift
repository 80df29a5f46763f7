import ExampleSupport
import Foundation
import Leibniz
import LeibnizTools

/// Grey images of one size, each of a digit.
struct LabelledImages {
  var width: Int
  /// The pixels of each image in 0…1, row by row.
  var images: [[Double]]
  /// 0…9 for each image.
  var labels: [Int]

  var count: Int { labels.count }

  var dataset: Dataset { get throws { try Dataset(features: images, labels: labels) } }

  /// The images and labels at some places.
  func part(_ indices: some Sequence<Int>) -> LabelledImages {
    LabelledImages(
      width: width, images: indices.map { images[$0] }, labels: indices.map { labels[$0] })
  }
}

extension LabelledImages {
  /// Reads a CSV file (pixels, then the digit) or a file of images in MNIST's format, plain or packed
  /// by gzip: its first bytes tell which.
  ///
  /// - Parameter labels: the labels of images in MNIST's format; by default a file beside theirs with
  ///   `labels` for `images` and `idx1` for `idx3` in its name.
  init(contentsOf path: String, labels: String?) throws(FileError) {
    let start = try firstBytes(of: path)
    if start.starts(with: [0, 0]) || start.starts(with: [0x1F, 0x8B]) {
      let labels = if let labels { labels } else { try labelsBeside(path) }
      self = try LabelledImages.inMNISTFormat(path, labels: labels)
      return
    }
    guard start.isEmpty || start.starts(with: [0xEF, 0xBB, 0xBF]) || start.allSatisfy(isText) else {
      let found = start.map { String(format: "%02x", $0) }.joined(separator: " ")
      throw malformed(
        path, "expected CSV, or MNIST's format (00 00 08 …, or 1f 8b … from gzip), found \(found) …"
      )
    }
    guard labels == nil else {
      throw malformed(
        path, "a file of labels needs images in MNIST's format; this file has another")
    }
    let file = try CSVFile(contentsOf: path, labels: 0...9)
    let size = file.features[0].count
    let largest = file.features.lazy.joined().reduce(1) { max($0, abs($1)) }
    let side = Int(Double(size).squareRoot())
    width = side * side == size ? side : size
    images = file.features.map { $0.map { $0 / largest } }
    self.labels = file.labels
  }

  private static func inMNISTFormat(
    _ path: String, labels labelPath: String
  ) throws(FileError) -> LabelledImages {
    let images = try IDXFile(contentsOf: path)
    guard images.shape.count == 3, !images.bytes.isEmpty else {
      throw malformed(path, "expected images in 3 dimensions, found the shape \(images.shape)")
    }
    let labels = try IDXFile(contentsOf: labelPath)
    guard labels.shape == [images.shape[0]] else {
      throw malformed(
        labelPath, "expected \(images.shape[0]) labels, found the shape \(labels.shape)")
    }
    if let wrong = labels.bytes.first(where: { $0 > 9 }) {
      throw malformed(labelPath, "expected labels from 0 to 9, found \(wrong)")
    }
    return LabelledImages(
      width: images.shape[2], images: images.samples(), labels: labels.bytes.map(Int.init))
  }
}

/// The usual name of the labels of images, with or without `.gz`.
private func labelsBeside(_ path: String) throws(FileError) -> String {
  let file = URL(fileURLWithPath: path)
  let name = file.lastPathComponent.replacingOccurrences(of: "images", with: "labels")
    .replacingOccurrences(of: "idx3", with: "idx1")
  let other = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name + ".gz"
  let folder = file.deletingLastPathComponent()
  let paths = [name, other].filter { $0 != file.lastPathComponent }
    .map { folder.appendingPathComponent($0).path }
  guard let found = paths.first(where: FileManager.default.fileExists) else {
    throw malformed(
      path,
      "found no labels at \(paths.joined(separator: ", ")); "
        + "name the file by --train-labels or --test-labels")
  }
  return found
}

private func firstBytes(of path: String) throws(FileError) -> [UInt8] {
  do {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    return Array(try file.read(upToCount: 4) ?? Data())
  } catch {
    throw .unreadable(path: path, reason: error.localizedDescription)
  }
}

/// Whether a byte may begin a text: a letter, a digit, a sign, a blank.
private func isText(_ byte: UInt8) -> Bool {
  (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte)
}

private func malformed(_ path: String, _ reason: String) -> FileError {
  .malformed(path: path, line: nil, reason: reason)
}
