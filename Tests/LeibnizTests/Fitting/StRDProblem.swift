import Foundation

@testable import Leibniz

/// A nonlinear regression problem of NIST's Statistical Reference Datasets.
struct StRDProblem {
  let name: String
  let starts: [[Double]]
  let parameters: [Double]
  let standardErrors: [Double]
  let sumOfSquares: Double
  /// The response, then the predictors.
  let observations: [[Double]]

  /// What the model predicts minus what was observed.
  func residuals(_ b: [Value]) -> [Value] {
    let model = StRDModel(rawValue: name)!
    return observations.map { row in
      let response = model == .Nelson ? row[0].log() : row[0]
      return model.prediction(b, Array(row.dropFirst())) - response
    }
  }
}

extension StRDProblem {
  /// Reads a file of the collection, whose head says in which lines the parts stand.
  init(contentsOf file: URL) throws {
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    func part(_ title: String) -> [[String]] {
      let head = lines.first { $0.contains(title) && $0.contains("(lines") }!
      let numbers = head.split { !$0.isNumber }.compactMap { Int($0) }.suffix(2)
      return lines[numbers.first! - 1..<numbers.last!].map {
        $0.split(whereSeparator: \.isWhitespace).map(String.init)
      }
    }
    func column(_ i: Int) -> [Double] { part("Starting Values").map { Double($0[2 + i])! } }
    name = file.deletingPathExtension().lastPathComponent
    starts = [column(0), column(1)]
    parameters = column(2)
    standardErrors = column(3)
    let sum = lines.first { $0.hasPrefix("Residual Sum of Squares") }!
    sumOfSquares = Double(sum.split(separator: " ").last!)!
    observations = part("Data ").map { $0.map { Double($0)! } }
  }
}

/// The models of the collection, by the names of its files.
enum StRDModel: String, CaseIterable {
  case Bennett5, BoxBOD, Chwirut1, Chwirut2, DanWood, ENSO, Eckerle4, Gauss1, Gauss2, Gauss3
  case Hahn1, Kirby2, Lanczos1, Lanczos2, Lanczos3, MGH09, MGH10, MGH17, Misra1a, Misra1b
  case Misra1c, Misra1d, Nelson, Rat42, Rat43, Roszman1, Thurber

  /// The response to the predictors x.
  func prediction<T: Scalar>(_ b: [T], _ row: [Double]) -> T {
    let x = row[0]
    switch self {
    case .Bennett5: return b[0] * (b[1] + x).power(-1 / b[2])
    case .BoxBOD, .Misra1a: return -b[0] * (-b[1] * x).expm1()
    case .Chwirut1, .Chwirut2: return (-b[0] * x).exp() / (b[1] + b[2] * x)
    case .DanWood: return b[0] * T.apply(.power, x, b[1])
    case .ENSO:
      return b[0] + wave(b[1], b[2], .constant(12), x) + wave(b[4], b[5], b[3], x)
        + wave(b[7], b[8], b[6], x)
    case .Eckerle4:
      let z = (x - b[2]) / b[1]
      return b[0] / b[1] * (-0.5 * (z * z)).exp()
    case .Gauss1, .Gauss2, .Gauss3:
      return b[0] * (-b[1] * x).exp() + peak(b[2], b[3], b[4], x) + peak(b[5], b[6], b[7], x)
    case .Hahn1, .Thurber:
      return polynomial(Array(b[0...3]), x) / polynomial([.constant(1)] + b[4...6], x)
    case .Kirby2: return polynomial(Array(b[0...2]), x) / polynomial([.constant(1)] + b[3...4], x)
    case .Lanczos1, .Lanczos2, .Lanczos3:
      let (first, second) = (b[0] * (-b[1] * x).exp(), b[2] * (-b[3] * x).exp())
      return first + second + b[4] * (-b[5] * x).exp()
    case .MGH09: return b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3])
    case .MGH10: return b[0] * (b[1] / (x + b[2])).exp()
    case .MGH17: return b[0] + b[1] * (-x * b[3]).exp() + b[2] * (-x * b[4]).exp()
    case .Misra1b: return b[0] * (1 - (1 + 0.5 * x * b[1]).power(-2))
    case .Misra1c: return b[0] * (1 - (1 + 2 * x * b[1]).power(-0.5))
    case .Misra1d: return b[0] * b[1] * x / (1 + b[1] * x)
    case .Nelson: return b[0] - b[1] * x * (-row[1] * b[2]).exp()
    case .Rat42: return b[0] / (1 + (b[1] - b[2] * x).exp())
    case .Rat43: return b[0] / (1 + (b[1] - b[2] * x).exp()).power(1 / b[3])
    case .Roszman1: return b[0] - b[1] * x - (b[2] / (x - b[3])).atan() / Double.pi
    }
  }

  private func wave<T: Scalar>(_ a: T, _ b: T, _ period: T, _ x: Double) -> T {
    let angle = 2 * Double.pi * x / period
    return a * angle.cos() + b * angle.sin()
  }

  private func peak<T: Scalar>(_ height: T, _ middle: T, _ width: T, _ x: Double) -> T {
    let z = (x - middle) / width
    return height * (-(z * z)).exp()
  }

  private func polynomial<T: Scalar>(_ coefficients: [T], _ x: Double) -> T {
    coefficients.dropLast().reversed().reduce(coefficients.last!) { $0 * x + $1 }
  }
}
