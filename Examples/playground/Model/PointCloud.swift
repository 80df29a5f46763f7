import Leibniz

/// Points of a plane, each with the class −1 or 1.
public struct PointCloud {
  public var points: [(x: Double, y: Double)] = []
  public var classes: [Double] = []

  public init() {}

  /// How points of two classes lie to each other.
  public enum Shape: Int32, CaseIterable {
    case moons, circles, spirals, exclusiveOr
  }

  /// Draws points of a shape, half of them of each class.
  ///
  /// - Parameter noise: the standard deviation of what is added to each coordinate.
  public init<G: RandomNumberGenerator>(
    _ shape: Shape, count: Int, noise: Double, using generator: inout G
  ) {
    for i in 0..<count {
      let isFirst = i % 2 == 0
      // Evenly along the curve, so that a small count shows the shape too.
      let t = (Double(i / 2) + 0.5) / Double((count + 1) / 2)
      let (x, y) = PointCloud.point(shape, isFirst: isFirst, t, using: &generator)
      add(
        x: x + noise * generator.normal(), y: y + noise * generator.normal(),
        isFirst: isFirst)
    }
  }

  public mutating func add(x: Double, y: Double, isFirst: Bool) {
    points.append((x, y))
    classes.append(isFirst ? 1 : -1)
  }

  private static func point<G: RandomNumberGenerator>(
    _ shape: Shape, isFirst: Bool, _ t: Double, using generator: inout G
  ) -> (Double, Double) {
    switch shape {
    case .moons:
      let angle = t * Double.pi
      return isFirst
        ? (angle.cos() - 0.5, angle.sin() - 0.25) : (0.5 - angle.cos(), 0.25 - angle.sin())
    case .circles:
      let angle = 2 * t * Double.pi
      let radius = isFirst ? 0.45 : 1.1
      return (radius * angle.cos(), radius * angle.sin())
    case .spirals:
      let angle = 3.2 * t * Double.pi + (isFirst ? 0 : Double.pi)
      let radius = 0.1 + 1.1 * t
      return (radius * angle.cos(), radius * angle.sin())
    case .exclusiveOr:
      let x = Double.random(in: 0.1...1.1, using: &generator)
      let y = Double.random(in: 0.1...1.1, using: &generator)
      let isLeft = Bool.random(using: &generator)
      return (isLeft ? -x : x, isFirst == isLeft ? -y : y)
    }
  }
}
