import TensorCore

/// JPEG: sequential and progressive with Huffman codes and 8 bits a sample, grey, colour or CMYK, with any sampling that
/// divides evenly.
///
/// The transform, the smooth enlarging of colour ("fancy upsampling") and the conversion of colours are libjpeg's in whole
/// numbers, so that a sound file gives the pixels that Pillow gives. CMYK is taken as Adobe writes it and turned into
/// colour as Pillow does. An orientation in EXIF data is not applied, as by Pillow and torchvision's loader: a photograph
/// that was turned on the screen only comes as the camera held it.
///
/// Twelve bits, arithmetic coding and lossless frames are refused; so are files that libjpeg would mend with a warning,
/// but for bytes before a marker and a missing end after the last pixel of a sequential image.
///
/// Format: ITU-T T.81 (ISO/IEC 10918-1), JFIF 1.02, Adobe's technical note 5116.
public struct JPEGDecoder: ImageDecoder {
  /// The decoder.
  public init() {}

  /// What messages call the format.
  public var formatNames: String { "JPEG" }

  /// Whether the bytes begin as a JPEG file: `FF D8 FF`.
  public func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  /// The image in a whole file.
  ///
  /// - Throws: `FileError.malformed` naming what was expected and what was there.
  public func decode(_ bytes: [UInt8], name: String) throws(FileError) -> RasterImage {
    try decodeBytes(bytes, name: name).raster
  }

  /// The image in a whole file, as bytes: what the file has.
  ///
  /// - Throws: as ``decode(_:name:)``.
  public func decodeBytes(_ bytes: [UInt8], name: String) throws(FileError) -> ByteImage {
    guard recognizes(bytes) else {
      throw .malformed(file: name, expected: "FF D8 FF at the beginning", found: "other bytes")
    }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
      var reader = JPEGReader(bytes, name: name)
      let frame = try reader.read()
      return JPEGAssembly(frame, colors: reader.colors).image()
    }
  }
}
