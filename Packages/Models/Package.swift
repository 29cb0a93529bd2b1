// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Models",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Models", targets: ["Models"])],
  dependencies: [
    .package(path: "../NNLayers"),
    .package(path: "../Autograd"),
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "Models", dependencies: [.product(name: "NNLayers", package: "NNLayers"), .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "ModelsTests", dependencies: ["Models", .product(name: "NNLayers", package: "NNLayers"), .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
