using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class CoordinatesReaderTests : IDisposable
{
    private static readonly string[] s_spots = ["a", "b", "c"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("spot,x,y\nc,5,6\na,1,2\nb,3,4\n")]
    [InlineData("X,Y,cell\n5,6,c\n1,2,a\n3,4,b\n")]
    [InlineData("\"\",\"x\",\"y\"\n\"c\",5,6\n\"a\",1,2\n\"b\",3,4\n")]
    [InlineData("x,y\nc,5,6\na,1,2\nb,3,4\n")]
    [InlineData("barcode,imagerow,imagecol\na,2,1\nb,4,3\nc,6,5\n")]
    [InlineData("barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres\na,1,0,0,2,1\nb,1,0,0,4,3\nc,1,0,0,6,5\nd,0,0,0,9,9\n")]
    [InlineData("a,1,0,0,2,1\nb,1,0,0,4,3\nc,1,0,0,6,5\nd,0,0,0,9,9\n")]
    [InlineData("c,5,6\na,1,2\nb,3,4\n")]
    [InlineData("1,2\n3,4\n5,6\n")]
    [InlineData("1.0e+00,2\n3,4\n5,6\n")]
    [InlineData("x,y\n1,2\n3,4\n5,6\n")]
    [InlineData("spatial1;spatial2\n1;2\n3;4\n5;6\n")]
    [InlineData("index,spatial_0,spatial_1\n0,1,2\n1,3,4\n2,5,6\n")]
    [InlineData("id,pixel_x,pixel_y\nb,3,4\na,1,2\nc,5,6\n")]
    [InlineData("array_row,array_col,name\n2,1,a\n4,3,b\n6,5,c\n")]
    public void Read_ShapesThatPeopleHave_SamePlaces(string content)
    {
        foreach (string path in new[] { _folder.Write("xy.csv", content), _folder.WriteGzip("xy.csv.gz", content) })
        {
            SpotPlaces places = CoordinatesReader.Read(path, s_spots);
            places.Coordinates.X.ShouldBe([1.0, 3.0, 5.0]);
            places.Coordinates.Y.ShouldBe([2.0, 4.0, 6.0]);
            places.Placed.ShouldAllBe(placed => placed);
            places.OnTissue.ShouldAllBe(on => on);
        }
    }

    [Fact]
    public void Read_ColumnsSaid_Taken()
    {
        string path = _folder.Write("xy.csv", "x,y,lon,lat,who\n9,9,1,2,a\n9,8,3,4,b\n9,7,5,6,c\n");
        CoordinatesReader.Read(path, s_spots, new CoordinateColumns("lon", "lat")).Coordinates.X.ShouldBe([1.0, 3.0, 5.0]);
        CoordinatesReader.Read(path, s_spots, new CoordinateColumns("LON", "4", "who")).Coordinates.Y.ShouldBe([2.0, 4.0, 6.0]);
        Should.Throw<BadInputException>(() => CoordinatesReader.Read(path, s_spots, new CoordinateColumns("lon", "latitude")))
            .Message.ShouldContain("no column 'latitude': it has the columns 'x', 'y', 'lon', 'lat', 'who'");
    }

    [Fact]
    public void Read_OffTissueAndUnknownSpots_Told()
    {
        string path = _folder.Write("xy.csv", "spot,x,y,selected\na,1,2,1\nb,3,4,0\n");
        SpotPlaces places = CoordinatesReader.Read(path, s_spots);
        places.Placed.ShouldBe([true, true, false]);
        places.OnTissue.ShouldBe([true, false, true]);
        places.Coordinates.X[2].ShouldBe(double.NaN);
    }

    [Fact]
    public void Read_SpotsCalledByPlace_JoinedByRoundedColumns()
    {
        string path = _folder.Write("xy.tsv", "Row.names\tx\ty\tpixel_x\tpixel_y\n1002x17\t9.02\t20.994\t1002.5\t17.1\n99x1\t10.4\t21.2\t99\t1.2\n");
        SpotPlaces places = CoordinatesReader.Read(path, ["10x21", "9x21", "7x7"], new CoordinateColumns("pixel_x", "pixel_y"));
        places.Coordinates.X[..2].ShouldBe([99.0, 1002.5]);
        places.Placed.ShouldBe([true, true, false]);
        places.Note.ShouldContain("by place");
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,4\n", "2 rows and no column of spot names, but there are 3 spots")]
    [InlineData("spot,x,y\nq,1,2\nr,3,4\ns,5,6\n", "none of the 3 spots is in column 'spot' (spots are called 'a', the file has 'q')")]
    [InlineData("spot,x,y\na,1,2\nb,3,4\nb,5,6\n", "line 4: the spot name 'b' stands here a second time")]
    [InlineData("spot,x,y\na,1,2\nb,NaN,4\nc,5,6\n", "line 3, column 'x': 'NaN' is not a finite number")]
    [InlineData("spot,x,y\na,1,2\nb,3,\nc,5,6\n", "line 3, column 'y': '' is not a finite number")]
    [InlineData("spot,x,y\na,1,2\nb,3\nc,5,6\n", "line 3: 2 fields where 3 are expected")]
    [InlineData("spot,u,v\na,1,2\nb,3,4\nc,5,6\n", "no columns that are known as coordinates")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n", "no header line and 3 columns")]
    [InlineData("spot,x,y\n", "no rows")]
    [InlineData("", "is empty")]
    [InlineData("spot,x,y\na,\"1,2\nb,3,4\nc,5,6\n", "xy.csv")]
    public void Read_BadContent_SaysWhatAndWhere(string content, string expected)
    {
        string path = _folder.Write("xy.csv", content);
        Should.Throw<BadInputException>(() => CoordinatesReader.Read(path, s_spots)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Read_PlaceJustBelowZero_IsTheGridsZero()
    {
        string path = _folder.Write("xy.csv", "x,y\n-0.2,1.1\n3.1,0\n");
        CoordinatesReader.Read(path, ["3x0", "0x1"]).Coordinates.X.ShouldBe([3.1, -0.2]);
    }

    [Fact]
    public void FromNames_Places_OrTheNameThatIsNone()
    {
        CoordinatesReader.FromNames("f", ["12x34", "18.89x8.958", "-1x2"]).X.ShouldBe([12, 18.89, -1]);
        CoordinatesReader.FromNames("f", ["12x34", "18.89x8.958"]).Y.ShouldBe([34, 8.958]);
        Should.Throw<BadInputException>(() => CoordinatesReader.FromNames("f", ["12x34", "AxB"])).Message.ShouldContain("'AxB'");
    }
}
