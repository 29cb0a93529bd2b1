// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Autograd",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Autograd", targets: ["Autograd"])],
  dependencies: [
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "Autograd", dependencies: [.product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
