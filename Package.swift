// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Leibniz",
  platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9)],
  products: [
    .library(name: "Leibniz", targets: ["Leibniz"]),
    .library(name: "LeibnizTools", targets: ["LeibnizTools"]),
  ],
  targets: [
    .target(name: "LeibnizKernels"),
    .target(name: "Leibniz", dependencies: ["LeibnizKernels"]),
    .target(name: "LeibnizTools", dependencies: ["Leibniz"]),
    .target(name: "ExampleSupport", dependencies: ["LeibnizTools"], path: "Examples/Support"),
    example("backprop"),
    example("cluster", excluding: ["leibniz_jax.py", "train.py"]),
    example("deepnet"),
    .target(name: "PlainC", path: "Examples/benchmark/PlainC"),
    example(
      "benchmark", excluding: ["PlainC", "exports.py", "peers.py", "solvers.py"],
      with: ["MicroGPTModel", "PlainC", "LeibnizKernels"]),
    example("calibrate"),
    example("characters", with: ["MicroGPTModel"]),
    example("course", excluding: ["write-steps"]),
    example("digits"),
    example("features"),
    example("fit"),
    .target(name: "MicroGPTModel", dependencies: ["LeibnizTools"], path: "Examples/microgpt/Model"),
    example("microgpt", excluding: ["Model"], with: ["MicroGPTModel"]),
    example("moons"),
    example("race"),
    example("swingup"),
    .target(
      name: "PlaygroundModel", dependencies: ["LeibnizTools", "MicroGPTModel"],
      path: "Examples/playground/Model"),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .executableTarget(name: "Mistakes", dependencies: ["LeibnizTools"], path: "Tests/Mistakes"),
    .target(name: "Mutations", path: "Tests/Mutations"),
    .target(name: "RandomGraphs", dependencies: ["Leibniz"], path: "Tests/RandomGraphs"),
    .executableTarget(
      name: "FuzzPrograms", dependencies: ["ExampleSupport", "RandomGraphs"],
      path: "Tests/FuzzPrograms"),
    .executableTarget(
      name: "Exports", dependencies: ["ExampleSupport", "MicroGPTModel"], path: "Tests/Exports"),
    .executableTarget(
      name: "FuzzFiles", dependencies: ["ExampleSupport", "MicroGPTModel", "Mutations"],
      path: "Tests/FuzzFiles"),
    .testTarget(
      name: "LeibnizTests",
      dependencies: [
        "LeibnizTools", "LeibnizKernels", "ExampleSupport", "MicroGPTModel", "PlaygroundModel",
        "AllocationCounter", "RandomGraphs",
      ]),
    .testTarget(
      name: "LeibnizToolsTests", dependencies: ["LeibnizTools", "ExampleSupport", "Mutations"]),
  ]
)

/// A program of the folder of its name: `swift run moons`.
func example(
  _ name: String, excluding parts: [String] = [], with targets: [Target.Dependency] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: ["LeibnizTools", "ExampleSupport"] + targets,
    path: "Examples/\(name)",
    exclude: parts)
}
