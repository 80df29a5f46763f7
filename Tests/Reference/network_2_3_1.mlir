// A program that Leibniz wrote. The number of samples stands as a question mark.
module @leibniz {
  func.func public @main(%parameters: tensor<13xf64>, %samples: tensor<?x3xf64>) -> (tensor<f64>, tensor<13xf64>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f64>
    %1 = stablehlo.get_dimension_size %samples, dim = 0 : (tensor<?x3xf64>) -> tensor<i32>
    %2 = stablehlo.convert %1 : (tensor<i32>) -> tensor<f64>
    %3 = stablehlo.divide %0, %2 : tensor<f64>
    %4 = stablehlo.slice %parameters [0:9] : (tensor<13xf64>) -> tensor<9xf64>
    %5 = stablehlo.reshape %4 : (tensor<9xf64>) -> tensor<3x3xf64>
    %6 = stablehlo.slice %5 [0:3, 0:2] : (tensor<3x3xf64>) -> tensor<3x2xf64>
    %7 = stablehlo.slice %samples [0:?, 0:2] : (tensor<?x3xf64>) -> tensor<?x2xf64>
    %8 = stablehlo.dot_general %7, %6, contracting_dims = [1] x [1] : (tensor<?x2xf64>, tensor<3x2xf64>) -> tensor<?x3xf64>
    %9 = stablehlo.slice %parameters [2:9:3] : (tensor<13xf64>) -> tensor<3xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [1] : (tensor<3xf64>) -> tensor<?x3xf64>
    %11 = stablehlo.add %8, %10 : tensor<?x3xf64>
    %12 = stablehlo.constant dense<0.0> : tensor<f64>
    %13 = stablehlo.constant dense<0.0> : tensor<?x3xf64>
    %14 = stablehlo.compare GE, %13, %11, FLOAT : (tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xi1>
    %15 = stablehlo.select %14, %13, %11 : tensor<?x3xi1>, tensor<?x3xf64>
    %16 = stablehlo.slice %parameters [9:12] : (tensor<13xf64>) -> tensor<3xf64>
    %17 = stablehlo.dot_general %15, %16, contracting_dims = [1] x [0] : (tensor<?x3xf64>, tensor<3xf64>) -> tensor<?xf64>
    %18 = stablehlo.slice %parameters [12:13] : (tensor<13xf64>) -> tensor<1xf64>
    %19 = stablehlo.reshape %18 : (tensor<1xf64>) -> tensor<f64>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<f64>) -> tensor<?xf64>
    %21 = stablehlo.add %17, %20 : tensor<?xf64>
    %22 = stablehlo.slice %samples [0:?, 2:3] : (tensor<?x3xf64>) -> tensor<?x1xf64>
    %23 = stablehlo.reshape %22 : (tensor<?x1xf64>) -> tensor<?xf64>
    %24 = stablehlo.subtract %21, %23 : tensor<?xf64>
    %25 = stablehlo.multiply %24, %24 : tensor<?xf64>
    %26 = stablehlo.reduce(%25 init: %12) applies stablehlo.add across dimensions = [0] : (tensor<?xf64>, tensor<f64>) -> tensor<f64>
    %27 = stablehlo.multiply %26, %3 : tensor<f64>
    %29 = stablehlo.constant dense<2.0> : tensor<?xf64>
    %30 = stablehlo.multiply %29, %24 : tensor<?xf64>
    %31 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<f64>) -> tensor<?xf64>
    %32 = stablehlo.multiply %30, %31 : tensor<?xf64>
    %33 = stablehlo.dot_general %15, %32, contracting_dims = [0] x [0] : (tensor<?x3xf64>, tensor<?xf64>) -> tensor<3xf64>
    %34 = stablehlo.broadcast_in_dim %32, dims = [0] : (tensor<?xf64>) -> tensor<?x3xf64>
    %35 = stablehlo.broadcast_in_dim %16, dims = [1] : (tensor<3xf64>) -> tensor<?x3xf64>
    %36 = stablehlo.multiply %34, %35 : tensor<?x3xf64>
    %37 = stablehlo.reduce(%32 init: %12) applies stablehlo.add across dimensions = [0] : (tensor<?xf64>, tensor<f64>) -> tensor<f64>
    %38 = stablehlo.constant dense<1.0> : tensor<?x3xf64>
    %39 = stablehlo.compare GE, %15, %13, FLOAT : (tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xi1>
    %40 = stablehlo.select %39, %38, %15 : tensor<?x3xi1>, tensor<?x3xf64>
    %41 = stablehlo.compare GE, %13, %15, FLOAT : (tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xi1>
    %42 = stablehlo.select %41, %13, %40 : tensor<?x3xi1>, tensor<?x3xf64>
    %43 = stablehlo.multiply %42, %36 : tensor<?x3xf64>
    %44 = stablehlo.dot_general %43, %7, contracting_dims = [0] x [0] : (tensor<?x3xf64>, tensor<?x2xf64>) -> tensor<3x2xf64>
    %45 = stablehlo.reduce(%43 init: %12) applies stablehlo.add across dimensions = [0] : (tensor<?x3xf64>, tensor<f64>) -> tensor<3xf64>
    %48 = stablehlo.reshape %45 : (tensor<3xf64>) -> tensor<3x1xf64>
    %49 = stablehlo.concatenate %44, %48, dim = 1 : (tensor<3x2xf64>, tensor<3x1xf64>) -> tensor<3x3xf64>
    %50 = stablehlo.reshape %49 : (tensor<3x3xf64>) -> tensor<9xf64>
    %52 = stablehlo.reshape %37 : (tensor<f64>) -> tensor<1xf64>
    %54 = stablehlo.concatenate %50, %33, %52, dim = 0 : (tensor<9xf64>, tensor<3xf64>, tensor<1xf64>) -> tensor<13xf64>
    return %27, %54 : tensor<f64>, tensor<13xf64>
  }
}
