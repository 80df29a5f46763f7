import Leibniz
import XCTest

@testable import PlaygroundModel

final class TrainingLessonTests: XCTestCase {
  private func cloud(_ shape: PointCloud.Shape = .moons) -> PointCloud {
    var generator = SeededGenerator(seed: 1)
    return PointCloud(shape, count: 100, noise: 0.05, using: &generator)
  }

  func testEveryShapeHasTwoClassesOfOneSizeInTheSquare() {
    for shape in PointCloud.Shape.allCases {
      let cloud = cloud(shape)
      XCTAssertEqual(cloud.classes.reduce(0, +), 0)
      for point in cloud.points {
        XCTAssertLessThan(max(point.x.magnitude, point.y.magnitude), 1.6)
      }
    }
  }

  func testEveryShapeIsLearnt() throws {
    for shape in PointCloud.Shape.allCases {
      var settings = TrainingLesson.Settings()
      settings.optimizer = .adam
      settings.learningRate = 0.01
      settings.activation = .tanh
      settings.loss = .logistic
      let lesson = try TrainingLesson(cloud(shape), settings)
      for _ in 0..<(shape == .spirals ? 1500 : 300) { try lesson.step() }
      let result = try lesson.evaluate()
      XCTAssertGreaterThan(result[1], 0.95, "\(shape)")
      XCTAssertGreaterThan(result[3], 0.8, "\(shape)")
    }
  }

  func testAStepIsThatOfEagerTraining() throws {
    for loss in [TrainingLesson.Loss.hinge, .logistic, .squared] {
      var settings = TrainingLesson.Settings()
      settings.loss = loss
      settings.hiddenLayers = [4]
      let cloud = cloud()
      let lesson = try TrainingLesson(cloud, settings)
      var generator = SeededGenerator(seed: settings.seed)
      let model = MLP(inputs: 2, layers: [4, 1], activation: .relu, using: &generator)
      let optimizer = SGD(model.parameters, learningRate: settings.learningRate)
      for _ in 0..<3 {
        let training = cloud.points.indices.filter { $0 % 5 != 4 }
        let misfits = training.map { i -> Value in
          let score = model([cloud.points[i].x, cloud.points[i].y])[0]
          let label = cloud.classes[i]
          return switch loss {
          case .hinge: (1 - label * score).relu()
          case .logistic: (-label * score).softplus()
          case .squared: (score - label).power(2)
          }
        }
        let penalty = 0.5 * settings.weightDecay * Value.dot(model.parameters, model.parameters)
        optimizer.zeroGrad()
        let total = Value.mean(misfits) + penalty
        total.backward()
        optimizer.step()
        XCTAssertEqual(try lesson.step(), total.data, accuracy: 1e-12)
      }
      for (found, expected) in zip(lesson.parameters, model.parameters) {
        XCTAssertEqual(found, expected.data, accuracy: 1e-12)
      }
    }
  }

  func testTheMiddleOfTheLandscapeIsTheLossOfNow() throws {
    let lesson = try TrainingLesson(cloud(), TrainingLesson.Settings())
    for _ in 0..<10 { try lesson.step() }
    let row = try lesson.landscape(row: 2, side: 5, radius: 1)
    XCTAssertEqual(row[2], try lesson.evaluate()[0], accuracy: 1e-12)
    XCTAssertNotEqual(row[0], row[2])
    XCTAssertEqual(try lesson.landscape(row: 2, side: 5, radius: 1), row)
  }

  func testBatchesAndTwoPointsDrawnByHand() throws {
    var cloud = PointCloud()
    cloud.add(x: -1, y: 0, isFirst: true)
    cloud.add(x: 1, y: 0, isFirst: false)
    var settings = TrainingLesson.Settings()
    settings.batchSize = 1
    let lesson = try TrainingLesson(cloud, settings)
    for _ in 0..<200 { try lesson.step() }
    let result = try lesson.evaluate()
    XCTAssertEqual(result[1], 1)
    XCTAssertTrue(result[2].isNaN)
  }
}
