import Leibniz

/// Points of the plane in two classes.
public struct LabelledPoints {
  /// Two numbers for each point.
  public var points: [[Double]]
  /// −1 or 1 for each point.
  public var labels: [Double]

  /// Points with their labels.
  public init(points: [[Double]], labels: [Double]) {
    self.points = points
    self.labels = labels
  }

  /// Two half circles that reach into each other: no straight line divides the classes.
  ///
  /// - Parameters:
  ///   - count: the number of points; the classes alternate.
  ///   - noise: the standard deviation of what is added to each coordinate.
  public static func twoMoons<G: RandomNumberGenerator>(
    count: Int, noise: Double, using generator: inout G
  ) -> LabelledPoints {
    var data = LabelledPoints(points: [], labels: [])
    for i in 0..<count {
      let angle = Double.random(in: 0...Double.pi, using: &generator)
      let isUpper = i % 2 == 0
      let x = isUpper ? cos(angle) : 1 - cos(angle)
      let y = isUpper ? sin(angle) : 0.5 - sin(angle)
      data.points.append([x + noise * generator.normal(), y + noise * generator.normal()])
      data.labels.append(isUpper ? -1 : 1)
    }
    return data
  }
}
