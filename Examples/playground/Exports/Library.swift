// The library for a web page: functions that JavaScript calls with numbers and addresses. An object is
// a handle, the address of a Swift object that one reference keeps alive until `leibniz_release_…`.
// `leibniz.js` wraps these in classes, and `leibniz.d.ts` describes those.

/// An object that JavaScript holds.
typealias Handle = UnsafeMutableRawPointer

func handle<T: AnyObject>(_ object: T) -> Handle { Unmanaged.passRetained(object).toOpaque() }

func object<T: AnyObject>(_ handle: Handle, as type: T.Type = T.self) -> T {
  Unmanaged<T>.fromOpaque(handle).takeUnretainedValue()
}

func release<T: AnyObject>(_ handle: Handle, as type: T.Type) {
  Unmanaged<T>.fromOpaque(handle).release()
}

func values(_ handles: UnsafePointer<Handle>, _ count: Int32) -> [Value] {
  (0..<Int(count)).map { object(handles[$0]) }
}

// Values.

@_expose(wasm, "leibniz_value") @_cdecl("leibniz_value")
public func makeValue(_ data: Double) -> UnsafeMutableRawPointer { handle(Value(data)) }

@_expose(wasm, "leibniz_constant") @_cdecl("leibniz_constant")
public func makeConstant(_ data: Double) -> UnsafeMutableRawPointer { handle(Value.constant(data)) }

@_expose(wasm, "leibniz_release_value") @_cdecl("leibniz_release_value")
public func releaseValue(_ x: UnsafeMutableRawPointer) { release(x, as: Value.self) }

@_expose(wasm, "leibniz_unary") @_cdecl("leibniz_unary")
public func applyUnary(_ f: Int32, _ x: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
  handle(Value.apply(UnaryFunction.allCases[Int(f)], object(x)))
}

@_expose(wasm, "leibniz_binary") @_cdecl("leibniz_binary")
public func applyBinary(
  _ f: Int32, _ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer
) -> UnsafeMutableRawPointer {
  handle(Value.apply(BinaryFunction.allCases[Int(f)], object(x, as: Value.self), object(y)))
}

/// f(x, number), or f(number, x): a plain number costs no node.
@_expose(wasm, "leibniz_binary_number") @_cdecl("leibniz_binary_number")
public func applyBinary(
  _ f: Int32, _ x: UnsafeMutableRawPointer, _ number: Double, _ numberIsFirst: Int32
) -> UnsafeMutableRawPointer {
  let function = BinaryFunction.allCases[Int(f)]
  let x = object(x, as: Value.self)
  return handle(
    numberIsFirst != 0 ? Value.apply(function, number, x) : Value.apply(function, x, number))
}

@_expose(wasm, "leibniz_nary") @_cdecl("leibniz_nary")
public func applyNary(
  _ f: Int32, _ arguments: UnsafePointer<UnsafeMutableRawPointer>, _ count: Int32
) -> UnsafeMutableRawPointer {
  handle(Value.apply(NaryFunction.allCases[Int(f)], values(arguments, count)))
}

@_expose(wasm, "leibniz_data") @_cdecl("leibniz_data")
public func data(_ x: UnsafeMutableRawPointer) -> Double { object(x, as: Value.self).data }

@_expose(wasm, "leibniz_set_data") @_cdecl("leibniz_set_data")
public func setData(_ x: UnsafeMutableRawPointer, _ data: Double) {
  object(x, as: Value.self).data = data
}

@_expose(wasm, "leibniz_grad") @_cdecl("leibniz_grad")
public func grad(_ x: UnsafeMutableRawPointer) -> Double { object(x, as: Value.self).grad }

@_expose(wasm, "leibniz_zero_grad") @_cdecl("leibniz_zero_grad")
public func zeroGrad(_ x: UnsafeMutableRawPointer) { object(x, as: Value.self).zeroGrad() }

@_expose(wasm, "leibniz_backward") @_cdecl("leibniz_backward")
public func backward(_ x: UnsafeMutableRawPointer, _ seed: Double) {
  object(x, as: Value.self).backward(seed: seed)
}

@_expose(wasm, "leibniz_recompute") @_cdecl("leibniz_recompute")
public func recompute(_ x: UnsafeMutableRawPointer) { object(x, as: Value.self).recompute() }

/// The names of the table's rows, as JSON: `{"unary": […], "binary": […], "nary": […]}`.
@_expose(wasm, "leibniz_functions") @_cdecl("leibniz_functions")
public func functions() -> Int32 {
  answer(
    JSON.object([
      ("unary", JSON.list(UnaryFunction.allCases.map { JSON.text($0.rawValue) })),
      ("binary", JSON.list(BinaryFunction.allCases.map { JSON.text($0.rawValue) })),
      ("nary", JSON.list(NaryFunction.allCases.map { JSON.text($0.rawValue) })),
    ]))
}

// Programs.

/// A compiled program of one output, or 0 and an answer that says why there is none.
@_expose(wasm, "leibniz_program") @_cdecl("leibniz_program")
public func makeProgram(
  _ output: UnsafeMutableRawPointer, _ inputs: UnsafePointer<UnsafeMutableRawPointer>,
  _ inputCount: Int32, _ parameters: UnsafePointer<UnsafeMutableRawPointer>, _ parameterCount: Int32
) -> UnsafeMutableRawPointer? {
  do throws(ProgramError) {
    return handle(
      try Program(
        outputs: [object(output)], inputs: values(inputs, inputCount),
        parameters: values(parameters, parameterCount)))
  } catch {
    answer(error.description)
    return nil
  }
}

@_expose(wasm, "leibniz_release_program") @_cdecl("leibniz_release_program")
public func releaseProgram(_ program: UnsafeMutableRawPointer) {
  release(program, as: Program.self)
}

/// The output for each of `count` samples, which stand one after the other.
@_expose(wasm, "leibniz_run") @_cdecl("leibniz_run")
public func run(
  _ program: UnsafeMutableRawPointer, _ samples: UnsafePointer<Double>, _ count: Int32,
  _ width: Int32, _ outputs: UnsafeMutablePointer<Double>
) -> Int32 {
  do throws(ProgramError) {
    let results = try object(program, as: Program.self)(batch(samples, count, width))
    for (i, result) in results.enumerated() { outputs[i] = result[0] }
    return 1
  } catch {
    answer(error.description)
    return 0
  }
}

/// The mean loss of `count` samples; its gradient is added to the parameters'. NaN and an answer where
/// the samples do not fit.
@_expose(wasm, "leibniz_run_backward") @_cdecl("leibniz_run_backward")
public func runBackward(
  _ program: UnsafeMutableRawPointer, _ samples: UnsafePointer<Double>, _ count: Int32,
  _ width: Int32
) -> Double {
  do throws(ProgramError) {
    return try object(program, as: Program.self).backward(batch(samples, count, width))
  } catch {
    answer(error.description)
    return .nan
  }
}

private func batch(_ samples: UnsafePointer<Double>, _ count: Int32, _ width: Int32) -> Samples {
  Samples(
    numbers: Array(UnsafeBufferPointer(start: samples, count: Int(count * width))),
    width: Int(width))
}
