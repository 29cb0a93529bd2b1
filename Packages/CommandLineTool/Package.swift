// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

/// The layers, each by its own manifest.
let layers = ["Training", "Models", "NNLayers", "Optimizers", "Datasets", "Autograd", "TensorCore"]

let package = Package(
  name: "CommandLineTool",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "needletail", targets: ["needletail"])],
  dependencies: layers.map { .package(path: "../\($0)") } + [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.3.0")
  ],
  targets: [
    .executableTarget(
      name: "needletail",
      dependencies: layers.map { .product(name: $0, package: $0) } + [
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: ["needletail"]
        + ["Training", "Models", "NNLayers", "Optimizers", "Datasets", "Autograd", "TensorCore"].map {
          .product(name: $0, package: $0)
        },
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
