// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "NNLayers",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "NNLayers", targets: ["NNLayers"])],
  dependencies: [
    .package(path: "../Autograd"),
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "NNLayers", dependencies: [.product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "NNLayersTests", dependencies: ["NNLayers", .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
