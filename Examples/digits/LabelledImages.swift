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
  /// Reads a CSV file (pixels, then the digit) or a file of images in MNIST's format, whose labels
  /// stand beside it in a file of the same name with `labels` for `images` and `idx1` for `idx3`.
  init(contentsOf path: String) throws {
    if path.hasSuffix(".gz") || path.contains("idx") {
      self = try LabelledImages.inMNISTFormat(path)
    } else {
      let file = try CSVFile(contentsOf: path, labels: 0...9)
      let size = file.features[0].count
      let largest = file.features.lazy.joined().reduce(1) { max($0, abs($1)) }
      let side = Int(Double(size).squareRoot())
      width = side * side == size ? side : size
      images = file.features.map { $0.map { $0 / largest } }
      labels = file.labels
    }
  }

  private static func inMNISTFormat(_ path: String) throws -> LabelledImages {
    func malformed(_ path: String, _ reason: String) -> FileError {
      .malformed(path: path, line: nil, reason: reason)
    }
    let images = try IDXFile(contentsOf: path)
    guard images.shape.count == 3, !images.bytes.isEmpty else {
      throw malformed(path, "expected images in 3 dimensions, found the shape \(images.shape)")
    }
    let file = URL(fileURLWithPath: path)
    let name = file.lastPathComponent.replacingOccurrences(of: "images", with: "labels")
      .replacingOccurrences(of: "idx3", with: "idx1")
    let labelPath = file.deletingLastPathComponent().appendingPathComponent(name).path
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
