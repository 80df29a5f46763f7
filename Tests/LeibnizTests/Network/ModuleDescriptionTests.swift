import Leibniz
import XCTest

final class ModuleDescriptionTests: XCTestCase {
  func testAPerceptron() {
    XCTAssertEqual(
      "\(MLP(inputs: 2, layers: [16, 16, 1], seed: 42))",
      """
      name      kind   tensors                  activation  parameters
      layers.0  Layer  weight 16 × 2, bias 16   relu        48
      layers.1  Layer  weight 16 × 16, bias 16  relu        272
      layers.2  Layer  weight 1 × 16, bias 1    linear      17
      337 parameters
      """)
  }

  func testALayerByItself() {
    var generator = SeededGenerator(seed: 1)
    XCTAssertEqual(
      "\(Layer(inputs: 3, outputs: 2, activation: .elu(alpha: 0.5), bias: false, using: &generator))",
      """
      kind   tensors       activation       parameters
      Layer  weight 2 × 3  elu(alpha: 0.5)  6
      6 parameters
      """)
  }

  func testModulesOfAllKinds() {
    var generator = SeededGenerator(seed: 1)
    let model = Sequential([
      Convolution(
        over: .signal(length: 6), filters: 2, size: 3, activation: .tanh, using: &generator),
      BatchNorm(features: 8), Activation.leakyReLU(slope: 0.1), Dropout(rate: 0.5),
      Residual(Layer(inputs: 8, outputs: 8, activation: .custom(Bump()), using: &generator)),
      Recurrent(GRUCell(inputs: 4, outputs: 1, using: &generator)), Halving(factor: Value(0.5)),
    ])
    XCTAssertEqual(
      "\(model)",
      """
      name              kind                tensors                                          activation             parameters
      0                 Convolution         weight 2 × 1 × 3, bias 2                         tanh                   8
      1                 BatchNorm           weight 8, bias 8, running_mean 8, running_var 8                         16
      2                 Activation                                                           leakyReLU(slope: 0.1)  0
      3                 Dropout                                                                                     0
      4.block           Layer               weight 8 × 8, bias 8                             Bump                   72
      5.cell.reset      Recurrent<GRUCell>  weight 1 × 5, bias 1                                                    6
      5.cell.update     Recurrent<GRUCell>  weight 1 × 5, bias 1                                                    6
      5.cell.candidate  Recurrent<GRUCell>  weight 1 × 4, bias 1                                                    5
      5.cell.recall     Recurrent<GRUCell>  weight 1 × 1, bias 1                                                    2
      6.scale           Halving             factor 1                                                                1
      116 parameters
      """)
  }

  func testAModelWithoutParameters() {
    XCTAssertEqual("\(Sequential([]))", "0 parameters")
    XCTAssertEqual("\(Activation.relu)", "relu")
  }
}

private struct Bump: ActivationFunction {
  func callAsFunction<S: Scalar>(_ x: S) -> S { (-(x * x)).exp() }
}

/// A module of one's own, which says no more than it must.
private struct Halving: Module {
  let factor: Value
  var tensors: [NamedTensor] { [NamedTensor("scale.factor", shape: [1], [factor])] }
  func outputs<S: NetworkScalar>(for x: [S]) -> [S] { x.map { $0 * .lift(factor) } }
}
