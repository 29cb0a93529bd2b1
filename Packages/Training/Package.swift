// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Training",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Training", targets: ["Training"])],
  dependencies: [
    .package(path: "../NNLayers"),
    .package(path: "../Optimizers"),
    .package(path: "../Datasets"),
    .package(path: "../Autograd"),
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "Training", dependencies: [.product(name: "NNLayers", package: "NNLayers"), .product(name: "Optimizers", package: "Optimizers"), .product(name: "Datasets", package: "Datasets"), .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", .product(name: "NNLayers", package: "NNLayers"), .product(name: "Optimizers", package: "Optimizers"), .product(name: "Datasets", package: "Datasets"), .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
