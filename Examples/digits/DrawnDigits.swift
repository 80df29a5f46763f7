import Leibniz

/// Digits drawn from a bitmap font, no two alike.
enum DrawnDigits {
  /// Images of 12 × 12 pixels with random shift, scale, stroke and noise.
  static func images<G: RandomNumberGenerator>(
    count: Int, using generator: inout G
  ) -> LabelledImages {
    let labels = (0..<count).map { $0 % 10 }
    return LabelledImages(
      width: side, images: labels.map { image(of: $0, using: &generator) }, labels: labels)
  }

  private static let side = 12

  private static func image<G: RandomNumberGenerator>(
    of digit: Int, using generator: inout G
  ) -> [Double] {
    func random(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &generator) }
    let (scaleX, scaleY) = (random(0.8...1.8), random(0.9...1.6))
    let (shiftX, shiftY, slant) = (random(-2...2), random(-1.5...1.5), random(-0.5...0.5))
    let stroke = random(-0.2...0.7)
    let middle = Double(side - 1) / 2
    var pixels: [Double] = []
    for row in 0..<side {
      for column in 0..<side {
        let y = (Double(row) - middle - shiftY) / scaleY
        let x = (Double(column) - middle - shiftX) / scaleX + slant * y
        let ink = (ink(digit, x: x + 2, y: y + 3) - 0.5) * 2.5 + 0.5 + stroke
        pixels.append(min(max(ink + 0.2 * generator.normal(), 0), 1))
      }
    }
    return pixels
  }

  /// How dark the glyph is between its pixels.
  private static func ink(_ digit: Int, x: Double, y: Double) -> Double {
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (u, v) = (x - column, y - row)
    func pixel(_ i: Double, _ j: Double) -> Double {
      guard (0..<5).contains(i), (0..<7).contains(j) else { return 0 }
      let line = font[digit][Int(j)]
      return line >> (4 - Int(i)) & 1 == 1 ? 1 : 0
    }
    return (1 - v) * ((1 - u) * pixel(column, row) + u * pixel(column + 1, row))
      + v * ((1 - u) * pixel(column, row + 1) + u * pixel(column + 1, row + 1))
  }

  /// Seven rows of five pixels for each digit.
  private static let font: [[UInt8]] = [
    [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b10100, 0b00100, 0b00100, 0b00100, 0b11111],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
  ]
}
