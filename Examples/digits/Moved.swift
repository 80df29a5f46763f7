import Leibniz

/// An image turned a little about its middle and moved a little, between the pixels too.
///
/// A digit stays the same digit; so a model learns from many images where there was one. With a motion
/// of 1 it moves by a sixteenth of the width, and turns by an eighth of a radian, at the most.
func moved<G: RandomNumberGenerator>(
  _ image: [Double], width: Int, motion: Double, using generator: inout G
) -> [Double] {
  let height = image.count / width
  let largest = motion * Double(width) / 16
  let (dx, dy, angle) = (
    Double.random(in: -largest...largest, using: &generator),
    Double.random(in: -largest...largest, using: &generator),
    motion * Double.random(in: -0.125...0.125, using: &generator)
  )
  let (cosine, sine) = (cos(angle), sin(angle))
  let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
  func pixel(_ column: Int, _ row: Int) -> Double {
    (0..<width).contains(column) && (0..<height).contains(row) ? image[row * width + column] : 0
  }
  return image.indices.map { i in
    let (u, v) = (Double(i % width) - middleX, Double(i / width) - middleY)
    let x = cosine * u + sine * v + middleX + dx
    let y = cosine * v - sine * u + middleY + dy
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (column, row, right, bottom) = (Int(left), Int(top), x - left, y - top)
    return (1 - bottom) * ((1 - right) * pixel(column, row) + right * pixel(column + 1, row))
      + bottom * ((1 - right) * pixel(column, row + 1) + right * pixel(column + 1, row + 1))
  }
}
