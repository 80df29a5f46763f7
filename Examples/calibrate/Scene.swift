import Leibniz

/// Cameras and points with where each camera sees each point, in pixels: a bundle adjustment.
struct Scene {
  /// What a camera sees of a point.
  struct Observation {
    let camera: Int
    let point: Int
    let x: Double
    let y: Double
  }

  var observations: [Observation] = []
  let cameraCount: Int
  let pointCount: Int
  /// Nine numbers for each camera, then three for each point.
  var parameters: [Double]

  static let cameraWidth = 9

  /// How far from where it was seen a camera of Snavely's model shows a point, in pixels.
  ///
  /// - Parameter p: the camera's rotation as an axis times an angle, translation, focal length and two
  ///   coefficients of radial distortion; the point.
  static func reprojection<T: Scalar>(_ p: [T], seen: [T]) -> [T] {
    let axis = Array(p[0..<3]), point = Array(p[9..<12])
    // Rodrigues' formula; the small number keeps the root of no rotation differentiable.
    let angle = (T.dot(axis, axis) + 1e-24).sqrt()
    let (sine, cosine) = (angle.sin() / angle, angle.cos())
    let share = T.dot(axis, point) * (1 - cosine) / (angle * angle)
    let cross = (0..<3).map { i -> T in
      let (j, k) = ((i + 1) % 3, (i + 2) % 3)
      return axis[j] * point[k] - axis[k] * point[j]
    }
    let place = (0..<3).map { i -> T in
      point[i] * cosine + cross[i] * sine + axis[i] * share + p[3 + i]
    }
    let (u, v) = (-place[0] / place[2], -place[1] / place[2])
    let square = u * u + v * v
    let scale = p[6] * (1 + square * (p[7] + square * p[8]))
    return [scale * u - seen[0], scale * v - seen[1]]
  }

  /// Cameras all around a cube of points, which all see all of them.
  static func simulated(
    cameras: Int, points: Int, noise: Double, using generator: inout SeededGenerator
  ) -> Scene {
    var scene = Scene(cameraCount: cameras, pointCount: points, parameters: [])
    for camera in 0..<cameras {
      let turn = 2 * Double.pi * (Double(camera) + 0.5) / Double(cameras) - Double.pi
      scene.parameters += [0.3 * generator.normal(), -turn, 0.1 * generator.normal()]
      scene.parameters += [0, 0, -5 - 0.2 * generator.normal()]
      scene.parameters += [800 + 10 * generator.normal(), -0.1, 0.02]
    }
    for _ in 0..<3 * points { scene.parameters.append(.random(in: -1...1, using: &generator)) }
    for camera in 0..<cameras {
      for point in 0..<points {
        let p = scene.indices(camera, point).map { scene.parameters[$0] }
        let place = reprojection(p, seen: [0, 0])
        scene.observations.append(
          Observation(
            camera: camera, point: point, x: place[0] + noise * generator.normal(),
            y: place[1] + noise * generator.normal()))
      }
    }
    return scene
  }

  /// Which parameters an observation depends on.
  func indices(_ camera: Int, _ point: Int) -> [Int] {
    let first = Scene.cameraWidth * cameraCount + 3 * point
    return Array(Scene.cameraWidth * camera..<Scene.cameraWidth * (camera + 1))
      + Array(first..<first + 3)
  }

  /// The distances of all observations.
  func blocks() throws -> ResidualBlocks {
    try ResidualBlocks(
      indices: observations.map { indices($0.camera, $0.point) },
      data: observations.map { [$0.x, $0.y] }
    ) { p, seen in Scene.reprojection(p, seen: seen) }
  }
}
