import Foundation
import TensorCore

/// A map of the plane from the pixels of a result to the places in an image that they are taken from: a projective map
///
///     x' = (a x + b y + c) / (g x + h y + 1),   y' = (d x + e y + f) / (g x + h y + 1)
///
/// with the origin at the corner of the image, so that pixel (i, j) has its centre at (i + ½, j + ½).
public struct PlaneMap: Sendable, Hashable {
  /// `a` to `h`.
  public let coefficients: [Double]

  /// The map with the given numbers `a` to `h`, or `a` to `f` for an affine map. Stops unless there are 6 or 8.
  public init(_ coefficients: [Double]) {
    guard coefficients.count == 6 || coefficients.count == 8 else {
      stop("PlaneMap", "a map has 6 or 8 numbers, not \(coefficients.count)")
    }
    self.coefficients = coefficients.count == 6 ? coefficients + [0, 0] : coefficients
  }

  /// Where the inverse of a rotation, scaling, shearing and shift about the middle of an image takes each pixel.
  ///
  /// The image is sheared, rotated clockwise and scaled about its middle, then shifted:
  /// `T · C · R(angle) · Shear(x, y) · scale · C⁻¹` as in torchvision's `affine`. Stops unless `scale` is above 0.
  ///
  /// - Parameters:
  ///   - size: the size of the image and of the result.
  ///   - degrees: the angle, clockwise.
  ///   - shift: how many pixels to the right and down.
  ///   - scale: above 1 things look larger.
  ///   - shear: the angles in degrees by which vertical and horizontal lines lean.
  public init(
    size: ImageSize, degrees: Double = 0, shift: (x: Double, y: Double) = (0, 0), scale: Double = 1,
    shear: (x: Double, y: Double) = (0, 0)
  ) {
    guard scale > 0 else { stop("PlaneMap", "the scale \(scale) is not above 0") }
    let (rotation, sx, sy) = (degrees * .pi / 180, shear.x * .pi / 180, shear.y * .pi / 180)
    // The forward map without scale is [[a, b], [c, d]] of determinant 1.
    let a = cos(rotation - sy) / cos(sy)
    let b = -cos(rotation - sy) * tan(sx) / cos(sy) - sin(rotation)
    let c = sin(rotation - sy) / cos(sy)
    let d = -sin(rotation - sy) * tan(sx) / cos(sy) + cos(rotation)
    let (cx, cy) = (Double(size.width) / 2, Double(size.height) / 2)
    let (m0, m1, m3, m4) = (d / scale, -b / scale, -c / scale, a / scale)
    coefficients = [
      m0, m1, m0 * (-cx - shift.x) + m1 * (-cy - shift.y) + cx, m3, m4,
      m3 * (-cx - shift.x) + m4 * (-cy - shift.y) + cy, 0, 0,
    ]
  }

  /// The projective map that takes the four places `from` of a result to the four places `to` of an image; nil when three
  /// of them lie on a line.
  public init?(from: [(x: Double, y: Double)], to: [(x: Double, y: Double)]) {
    guard from.count == 4, to.count == 4 else { stop("PlaneMap", "needs 4 places, not \(from.count) and \(to.count)") }
    // Two equations for each place, linear in a to h.
    var rows: [[Double]] = []
    for (p, q) in zip(from, to) {
      rows.append([p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, q.x])
      rows.append([0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, q.y])
    }
    guard let solution = Self.solve(&rows) else { return nil }
    coefficients = solution
  }

  /// Gaussian elimination with the largest pivot; the last column holds the right side.
  private static func solve(_ rows: inout [[Double]]) -> [Double]? {
    for column in rows.indices {
      guard let pivot = (column..<rows.count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-12
      else { return nil }
      rows.swapAt(column, pivot)
      for row in rows.indices where row != column {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for place in column...rows.count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }
}
