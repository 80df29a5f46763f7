import Foundation
import Leibniz
import LeibnizTools

/// A program, and samples to run it on.
struct ExportedCase {
  let name: String
  let program: Program
  let samples: Samples
  /// With respect to what its gradient is checked.
  var gradients: Program.Variables = .parameters
  /// Whether it is written in ONNX, which has fewer functions.
  var hasONNX = true
  var tensors: [NamedTensor] = []
  /// More operations that do not join than this are written as a table.
  var unjoinedLimit = 2000

  private var hasGradient: Bool { program.graph.outputCount == 1 }

  func write(to directory: String) throws {
    func write(_ text: String, _ ending: String) throws {
      try text.write(toFile: "\(directory)/\(name).\(ending)", atomically: true, encoding: .utf8)
    }
    try write(program.stableHLO(.values, unjoinedLimit: unjoinedLimit), "values.mlir")
    try write(program.source(.c, named: name, gradients: gradients, naming: tensors), "c")
    try write(program.source(.swift, named: name, gradients: gradients, naming: tensors), "swift")
    try write(
      program.source(
        .c, named: name, precision: .float, gradients: gradients, naming: tensors), "float.c")
    for precision in hasONNX ? ExportPrecision.allCases : [] {
      let bytes = try program.onnx(named: name, precision: precision, naming: self.tensors)
      let url = URL(fileURLWithPath: "\(directory)/\(name).\(precision).onnx")
      try Data(bytes).write(to: url)
    }
    let parameters = program.parameters.map(\.data)
    var tensors = [
      tensor("parameters", [parameters.count], parameters),
      tensor("samples", [samples.count, samples.width], samples.numbers),
      tensor(
        "values", [samples.count, program.graph.outputCount], try program(samples).flatMap { $0 }),
    ]
    if hasGradient {
      var results: ExportedResults = .meanLoss
      if gradients.contains(.parameters) { results.insert(.parameterGradient) }
      if gradients.contains(.inputs) { results.insert(.inputGradient) }
      try write(program.stableHLO(results, unjoinedLimit: unjoinedLimit), "mlir")
      for parameter in program.parameters { parameter.zeroGrad() }
      var rows = samples
      let loss = try program.backward(samples, inputGradients: &rows)
      tensors.append(tensor("loss", [], [loss]))
      if gradients.contains(.parameters) {
        tensors.append(tensor("gradient", [parameters.count], program.parameters.map(\.grad)))
      }
      if gradients.contains(.inputs) {
        tensors.append(tensor("input_gradients", [samples.count, samples.width], rows.numbers))
      }
    }
    try Safetensors(tensors: tensors).write(to: "\(directory)/\(name).safetensors")
  }

  private func tensor(_ name: String, _ shape: [Int], _ values: [Double]) -> Safetensors.Tensor {
    Safetensors.Tensor(name: name, shape: shape, values: values)
  }
}
