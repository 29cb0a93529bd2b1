import Synchronization
import TensorCore

/// Images that stay in their files and are decoded when they are asked for: sets that are too large for memory.
///
/// Each is brought to a size that is an eighth larger than what is shown of it, `8/7 · size`, so that random crops have
/// something to choose from; unchanged, its middle is shown. Images that were read are kept in memory until they fill
/// ``cacheLimit``, the first ones for good; the others are decoded again each time. What is kept changes the speed and
/// nothing else.
///
/// Subsets share what is kept.
public struct ImageFiles: Sendable {
  /// The size of what is shown of each image.
  public let size: ImageSize
  /// 1 for grey or 3 for colour.
  public let channels: Int
  /// The most bytes of pixels that are kept.
  public var cacheLimit: Int { cache.limit }

  private let paths: [String]
  /// The number of each file in the cache.
  private let places: [Int]
  private let cache: ImageCache

  /// The most bytes that are kept where nothing else is said: 1 GiB.
  public static let usualCacheLimit = 1 << 30

  /// Images in the files at `paths`, none of which is read yet.
  ///
  /// - Parameters:
  ///   - paths: the files.
  ///   - size: the size of what is shown of each.
  ///   - channels: 3 for colour, 1 for grey.
  ///   - cacheLimit: the most bytes that are kept in memory.
  public init(_ paths: [String], size: ImageSize, channels: Int, cacheLimit: Int = usualCacheLimit) {
    self.paths = paths
    self.size = size
    self.channels = channels
    places = Array(paths.indices)
    cache = ImageCache(count: paths.count, limit: cacheLimit)
  }

  private init(_ whole: ImageFiles, _ indices: [Int]) {
    (size, channels, cache) = (whole.size, whole.channels, whole.cache)
    paths = indices.map { whole.paths[$0] }
    places = indices.map { whole.places[$0] }
  }

  /// The number of images.
  public var count: Int { paths.count }

  /// The file of image `index`.
  public func path(_ index: Int) -> String { paths[index] }

  /// The images at `indices`, in that order.
  func subset(_ indices: [Int]) -> ImageFiles { ImageFiles(self, indices) }

  /// Image `index` with what lies around the part that is shown.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read.
  public func whole(_ index: Int) throws(FileError) -> ByteImage {
    if let kept = cache.image(at: places[index]) { return kept }
    let image = try ImageFile.readBytes(paths[index], channels: channels).reduced(for: size)
    cache.keep(image, at: places[index])
    return image
  }

  /// What is shown of image `index`: its middle.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read.
  public func image(_ index: Int) throws(FileError) -> ByteImage { try whole(index).centerCropped(to: size) }

  /// What is shown of image `index`; black when it cannot be read.
  func imageOrBlack(_ index: Int) -> ByteImage {
    if let image = try? image(index) { return image }
    return ByteImage(
      channels: channels, size: size, pixels: [UInt8](repeating: 0, count: channels * size.height * size.width))
  }

  /// Reads every file, several at a time, and keeps what there is room for.
  ///
  /// - Returns: for each file that cannot be read its number and why, in order.
  func check() -> [(index: Int, error: FileError)] {
    let errors = [FileError?](unsafeUninitializedCapacity: count) { errors, initialized in
      let target = UncheckedTarget(start: errors.baseAddress)
      ThreadPool.run(blocks: count) { index in
        guard let start = target.start else { return }
        do throws(FileError) {
          _ = try whole(index)
          (start + index).initialize(to: nil)
        } catch {
          (start + index).initialize(to: error)
        }
      }
      initialized = count
    }
    return errors.enumerated().compactMap { index, error in error.map { (index, $0) } }
  }
}

/// Images that were read, the first ones until the limit is reached.
private final class ImageCache: Sendable {
  let limit: Int
  private let state: Mutex<State>

  private struct State {
    var images: [ByteImage?]
    var bytes = 0
  }

  init(count: Int, limit: Int) {
    self.limit = limit
    state = Mutex(State(images: [ByteImage?](repeating: nil, count: count)))
  }

  func image(at place: Int) -> ByteImage? { state.withLock { $0.images[place] } }

  func keep(_ image: ByteImage, at place: Int) {
    state.withLock { state in
      guard state.images[place] == nil, state.bytes + image.pixels.count <= limit else { return }
      state.images[place] = image
      state.bytes += image.pixels.count
    }
  }
}

extension ByteImage {
  /// The longer side of what is kept of an image, by what is shown: no more than that can be of use.
  private static let longest = 4

  /// The image resized so that it just covers `8/7 · target`, in its own proportions; of very long ones the middle.
  ///
  /// 8/7 is ImageNet's 256 by 224.
  func reduced(for target: ImageSize) -> ByteImage {
    func enlarged(_ side: Int) -> Int { max(side, Int((Double(side) * 8 / 7).rounded())) }
    let least = ImageSize(height: enlarged(target.height), width: enlarged(target.width))
    return covering(
      least, atMost: ImageSize(height: Self.longest * least.height, width: Self.longest * least.width))
  }

  /// The image as small or large as covers `target`, and of that the middle.
  public func covering(_ target: ImageSize) -> ByteImage { covering(target, atMost: target) }

  private func covering(_ target: ImageSize, atMost limit: ImageSize) -> ByteImage {
    let scale = max(Double(target.height) / Double(size.height), Double(target.width) / Double(size.width))
    let whole = ImageSize(
      height: max(target.height, Int((Double(size.height) * scale).rounded())),
      width: max(target.width, Int((Double(size.width) * scale).rounded())))
    let part = ImageSize(height: min(whole.height, limit.height), width: min(whole.width, limit.width))
    guard whole != size else { return centerCropped(to: part) }
    let region = ImageRegion(centerOf: whole, part)
    return ImageResizer(from: size, to: whole, rows: region.rows(of: whole), columns: region.columns(of: whole))
      .resize(self)
  }
}
