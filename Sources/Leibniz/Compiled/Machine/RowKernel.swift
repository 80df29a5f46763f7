import LeibnizKernels

/// The kernel that computes a function of whole rows of numbers, if the function is one of the elementary
/// ones and nothing else: to call it for eight numbers at a time takes a third longer.
///
/// It is found by evaluating the row of the primitive table on a number that notes what is done to it.
struct RowKernel {
  typealias Function =
    @Sendable @convention(c) (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int) -> Void

  private var function: Function?
  private var isArgument = false

  /// The kernels of all unary functions, by their number.
  private static let ofUnaryFunctions: [Function?] = {
    var kernels: [Function?] = []
    for f in UnaryFunction.allCases {
      let place = Int(unsafeBitCast(f, to: UInt8.self))
      while kernels.count <= place { kernels.append(nil) }
      kernels[place] = f.value(RowKernel(function: nil, isArgument: true)).function
    }
    return kernels
  }()

  static func of(_ f: UnaryFunction) -> Function? {
    ofUnaryFunctions[Int(unsafeBitCast(f, to: UInt8.self))]
  }

  private func then(_ function: @escaping Function) -> RowKernel {
    RowKernel(function: isArgument ? function : nil)
  }
  private static var unknown: RowKernel { RowKernel(function: nil) }
}

extension RowKernel: Elementary {
  init(_ number: Double) { self.init(function: nil) }
  static prefix func - (x: RowKernel) -> RowKernel { unknown }
  static func + (x: RowKernel, y: RowKernel) -> RowKernel { unknown }
  static func - (x: RowKernel, y: RowKernel) -> RowKernel { unknown }
  static func * (x: RowKernel, y: RowKernel) -> RowKernel { unknown }
  static func / (x: RowKernel, y: RowKernel) -> RowKernel { unknown }
  static func choose(
    _ x: RowKernel, atLeast y: RowKernel, _ then: RowKernel, otherwise: RowKernel
  ) -> RowKernel { unknown }
  static func lookup(
    _ index: RowKernel, count: Int, _ entry: (Int) -> RowKernel
  ) -> RowKernel { unknown }
  static func magnitude(_ x: RowKernel) -> RowKernel { unknown }
  static func sqrt(_ x: RowKernel) -> RowKernel { unknown }
  static func exp(_ x: RowKernel) -> RowKernel { x.then(leibniz_exp) }
  static func log(_ x: RowKernel) -> RowKernel { x.then(leibniz_log) }
  static func log1p(_ x: RowKernel) -> RowKernel { x.then(leibniz_log1p) }
  static func expm1(_ x: RowKernel) -> RowKernel { x.then(leibniz_expm1) }
  static func sin(_ x: RowKernel) -> RowKernel { x.then(leibniz_sin) }
  static func cos(_ x: RowKernel) -> RowKernel { x.then(leibniz_cos) }
  static func tan(_ x: RowKernel) -> RowKernel { x.then(leibniz_tan) }
  static func asin(_ x: RowKernel) -> RowKernel { x.then(leibniz_asin) }
  static func acos(_ x: RowKernel) -> RowKernel { x.then(leibniz_acos) }
  static func atan(_ x: RowKernel) -> RowKernel { x.then(leibniz_atan) }
  static func sinh(_ x: RowKernel) -> RowKernel { x.then(leibniz_sinh) }
  static func cosh(_ x: RowKernel) -> RowKernel { x.then(leibniz_cosh) }
  static func tanh(_ x: RowKernel) -> RowKernel { x.then(leibniz_tanh) }
  static func asinh(_ x: RowKernel) -> RowKernel { x.then(leibniz_asinh) }
  static func acosh(_ x: RowKernel) -> RowKernel { x.then(leibniz_acosh) }
  static func atanh(_ x: RowKernel) -> RowKernel { x.then(leibniz_atanh) }
  static func erf(_ x: RowKernel) -> RowKernel { x.then(leibniz_erf) }
  static func erfc(_ x: RowKernel) -> RowKernel { x.then(leibniz_erfc) }
  static func pow(_ x: RowKernel, _ y: RowKernel) -> RowKernel { unknown }
  static func atan2(_ y: RowKernel, _ x: RowKernel) -> RowKernel { unknown }
}
