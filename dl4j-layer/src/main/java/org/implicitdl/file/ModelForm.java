package org.implicitdl.file;

import java.util.List;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.model.Offset;

/** A model: its matrices by their numbers in the document, its biases, and φ. */
record ModelForm(int a, int b, int c, int d, List<Piece> bias, List<Piece> shift, ActivationForm phi) {

    /** Stored numbers, each repeated; or zeros, whose array is −1. */
    record Piece(int array, int inner) {
        private static final int NONE = -1;

        static Piece of(Offset.Piece piece, ArrayWriter arrays) {
            return new Piece(piece.isZero() ? NONE : arrays.add(piece.numbers(), piece.type()), piece.inner());
        }

        Offset.Piece toPiece(ArrayReader arrays) {
            return array == NONE
                    ? Offset.Piece.zeros(inner)
                    : new Offset.Piece(arrays.numbers(array), inner, arrays.type(array));
        }
    }

    static ModelForm of(ImplicitModel model, DocumentWriter parts) {
        return new ModelForm(
                parts.operator(model.a()),
                parts.operator(model.b()),
                parts.operator(model.c()),
                parts.operator(model.d()),
                pieces(model.bias(), parts),
                pieces(model.shift(), parts),
                ActivationForm.of(model.phi(), parts));
    }

    private static List<Piece> pieces(Offset offset, DocumentWriter parts) {
        return offset.pieces().stream()
                .map(piece -> Piece.of(piece, parts.arrays()))
                .toList();
    }

    ImplicitModel toModel(DocumentReader parts) {
        return ImplicitModel.of(
                parts.operator(a),
                parts.operator(b),
                parts.operator(c),
                parts.operator(d),
                offset(bias, parts),
                offset(shift, parts),
                phi.toActivation(parts));
    }

    private static Offset offset(List<Piece> pieces, DocumentReader parts) {
        return Offset.of(
                pieces.stream().map(piece -> piece.toPiece(parts.arrays())).toList());
    }
}
