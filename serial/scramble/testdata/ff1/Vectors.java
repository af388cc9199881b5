import java.util.Random;
import java.util.HexFormat;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Prints FF1 vectors of Bouncy Castle: java -cp bcprov.jar Vectors.java SEED COUNT LONGEST */
class Vectors {
    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[0]));
        int count = Integer.parseInt(args[1]), longest = Integer.parseInt(args[2]);
        int[] usual = {2, 3, 10, 16, 26, 32, 36, 62, 64, 256, 257, 1000, 32768, 65535};
        HexFormat hex = HexFormat.of();
        for (int i = 0; i < count; i++) {
            byte[] key = bytes(random, 16 + 8 * random.nextInt(3));
            int radix = random.nextInt(3) == 0 ? usual[random.nextInt(usual.length)] : 2 + random.nextInt(random.nextBoolean() ? 255 : 65534);
            int least = 2;
            while (Math.pow(radix, least) < 1000000) {
                least++;
            }
            int length = switch (random.nextInt(8)) {
                case 0 -> least;
                case 1 -> least + random.nextInt(longest);
                default -> least + random.nextInt(24);
            };
            byte[] tweak = bytes(random, random.nextInt(4) == 0 ? 0 : random.nextInt(102));
            boolean wide = radix > 256;
            byte[] plain = new byte[wide ? 2 * length : length];
            int kind = random.nextInt(20); // 0: all zero, 1: all at their greatest
            for (int j = 0; j < length; j++) {
                int v = kind == 0 ? 0 : kind == 1 ? radix - 1 : random.nextInt(radix);
                if (wide) {
                    plain[2 * j] = (byte) (v >> 8);
                    plain[2 * j + 1] = (byte) v;
                } else {
                    plain[j] = (byte) v;
                }
            }
            byte[] cipher = new byte[plain.length];
            FPEFF1Engine engine = new FPEFF1Engine();
            engine.init(true, new FPEParameters(new KeyParameter(key), radix, tweak));
            engine.processBlock(plain, 0, plain.length, cipher, 0);
            System.out.println(radix + " " + hex.formatHex(key) + " " + (tweak.length == 0 ? "-" : hex.formatHex(tweak)) + " " + hex.formatHex(plain) + " " + hex.formatHex(cipher));
        }
    }

    static byte[] bytes(Random random, int n) {
        byte[] b = new byte[n];
        random.nextBytes(b);
        return b;
    }
}
